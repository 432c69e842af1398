import { predictionListSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { percent, yen } from '../output/format.ts';
import { renderTable } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';

export const predictCommand: CommandDefinition = {
  usage: 'predict [symbols...]',
  summary: 'publish the intervals for the next session',
  description: `Predicts the next session's close of each symbol with the live model and publishes the interval that holds it with the
promised coverage of 93 %. Bounds are on the tick and inside the daily limit. "up" is the calibrated probability that the close
rises; it is close to a coin flip, and said so.`,
  examples: ['daytrade predict', 'daytrade predict 7203 6758.T --json'],
  run: async (context, { args }) => {
    const connection = await context.connect();
    const body = args.length === 0 ? {} : { symbols: args };
    const { predictions } = await connection.ml.post('/v1/predictions', predictionListSchema, { body });
    printResult(context.terminal, context.json, { predictions }, () => {
      const [first] = predictions;
      if (first === undefined) return 'No symbol has a bar at the newest session.';
      const table = renderTable(
        [
          { title: 'symbol' },
          { title: 'name' },
          { title: 'last close', align: 'right' },
          { title: 'lower', align: 'right' },
          { title: 'centre', align: 'right' },
          { title: 'upper', align: 'right' },
          { title: 'width', align: 'right' },
          { title: 'up', align: 'right' },
        ],
        predictions.map((entry) => [
          entry.symbol,
          entry.name,
          yen(entry.lastClose),
          yen(entry.lower),
          yen(entry.centre),
          yen(entry.upper),
          percent((entry.upper - entry.lower) / entry.lastClose),
          percent(entry.probabilityUp, 0),
        ]),
      );
      return `${table}\n\n${first.synthetic ? 'SYNTHETIC bars. ' : ''}Close of ${first.session} from bars to ${first.lastSession}; ${percent(first.coverage, 0)} of closes are promised inside; model ${first.modelVersion}, ${first.intervalMethod}.`;
    });
  },
};
