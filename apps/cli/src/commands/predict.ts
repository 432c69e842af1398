import { routes, targetInWords } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { reportLeftOut } from '../output/left-out-report.ts';
import { predictionReport, predictionWarnings } from '../output/prediction-report.ts';
import { printNote, printResult } from '../output/terminal.ts';

export const predictCommand: CommandDefinition = {
  usage: 'predict [symbols...]',
  summary: 'publish the intervals for the next session',
  description: `Predicts the next session's close of each symbol with the live model and publishes the interval that
holds it with the promised coverage of ${targetInWords}. Bounds of traded prices are on the tick and inside the daily
limits, also where the exchange has widened them; adjusted prices have neither, and are rounded to five digits. A centre
and a calibrated probability that the close rises ("up") are shown only where skill in the direction was measured; else
the output says that none was, and the JSON has null for both and "directionSkilled": false.

When the bars end before the last finished session, standard error says by how much, and the JSON has it as "barsAge":
the forecast is then for a session that is over.`,
  examples: ['daytrade predict', 'daytrade predict 7203 6758.T --json'],
  run: async (context, { args }) => {
    const connection = await context.connect();
    const body = args.length === 0 ? {} : { symbols: [...args] };
    const list = await connection.ml.call(routes.publishPredictions, { body });
    reportLeftOut(context.terminal, list.leftOut);
    for (const warning of predictionWarnings(list)) printNote(context.terminal, warning);
    printResult(context.terminal, context.json, list, () => predictionReport(list));
  },
};
