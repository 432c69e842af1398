import { type LeftOut, namedHorizonSchema, routes, targetInWords } from '@daytrade/contracts';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { inDayReport, inDayWarnings, predictionReport, predictionWarnings } from '../output/prediction-report.ts';
import { printNote, printResult, reportLeftOut } from '../output/terminal.ts';

export const predictCommand: CommandDefinition = {
  usage: 'predict [symbols...]',
  summary: 'publish the intervals for the next session, or where the close of today lies',
  description: `Predicts the next session's close of each symbol with the live model and publishes the interval that
holds it with the promised coverage of ${targetInWords}. Bounds of traded prices are on the tick and inside the daily
limits, also where the exchange has widened them; adjusted prices have neither, and are rounded to five digits. A centre
and a calibrated probability that the close rises ("up") are shown only where skill in the direction was measured; else
the output says that none was, and the JSON has null for both and "directionSkilled": false.

When the bars end before the last finished session, standard error says by how much, and the JSON has it as "barsAge":
the forecast is then for a session that is over.

With --at it predicts the close of today instead, from what was known at a time of the day: 08:30, open, or every 15
minutes in market hours from 09:15 to 11:30 and from 12:45 to 15:15. It needs 5-minute bars of today; "open" needs only
the first one, since its model learns from daily bars. What is asked for 5 minutes after its time, or later, is a
reconstruction: it says so, and counts for nothing.`,
  examples: [
    'daytrade predict',
    'daytrade predict 7203 6758.T --json',
    'daytrade predict --at open',
    'daytrade predict 7203 --at 10:30',
  ],
  configure: (command) => command.option('--at <time>', 'the close of today, from what was known at: open, 10:30, …'),
  run: async (context, { args, options }) => {
    const symbols = args.length === 0 ? {} : { symbols: [...args] };
    const horizon = options.at === undefined ? undefined : parseInput(namedHorizonSchema, options.at, '--at');
    const { ml } = await context.connect();
    if (horizon === undefined) {
      const list = await ml.call(routes.publishPredictions, { body: symbols });
      print(context, list, predictionWarnings(list), () => predictionReport(list));
    } else {
      const today = await ml.call(routes.publishToday, { body: { ...symbols, horizon } });
      print(context, today, inDayWarnings(today), () => inDayReport(today));
    }
  },
};

function print(
  { terminal, json }: CommandContext,
  answer: { readonly leftOut: LeftOut },
  warnings: readonly string[],
  text: () => string,
): void {
  reportLeftOut(terminal, answer.leftOut);
  for (const warning of warnings) printNote(terminal, warning);
  printResult(terminal, json, answer, text);
}
