import { symbolListSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const symbolsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the symbols that have bars',
  description: 'Shows every symbol with bars: name, sector, first and last session, price basis.',
  examples: ['daytrade symbols list'],
  run: async (context) => {
    const connection = await context.connect();
    const list = await connection.data.get('/v1/symbols', symbolListSchema);
    printResult(context.terminal, context.json, list, () =>
      list.symbols.length === 0
        ? 'There are no bars yet: daytrade import FOLDER, or daytrade fetch'
        : renderTable(
            [
              { title: 'symbol' },
              { title: 'name' },
              { title: 'sector' },
              { title: 'first' },
              { title: 'last' },
              { title: 'bars', align: 'right' },
              { title: 'prices' },
            ],
            list.symbols.map((entry) => [
              entry.symbol,
              entry.name,
              entry.sector ?? '–',
              entry.firstDate,
              entry.lastDate,
              count(entry.bars),
              entry.synthetic ? 'synthetic' : entry.priceBasis,
            ]),
          ),
    );
  },
};
