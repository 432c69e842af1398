import { type KeptSelection, type QueryOf, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count, japanClock, percent } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const symbolsSelectionsCommand: CommandDefinition = {
  usage: 'selections',
  summary: 'list the selections that mornings made, with who came and who went',
  description: `Lists the selections that the job "market-preparation" kept, newest first, one a session: which symbols
were picked, and which share of them was new. --json also has why each was picked, its scores, and why others left.
The limits of the job are its payload, in the section [jobs.market-preparation] of the settings file.`,
  examples: ['daytrade symbols selections', 'daytrade symbols selections --limit 60 --json'],
  configure: (command) => command.option('--limit <selections>', 'selections to show', '20'),
  run: async (context, { options }) => {
    const { limit } = options as QueryOf<typeof routes.keptSelections>;
    const connection = await context.connect();
    const list = await connection.data.call(routes.keptSelections, { query: { limit } });
    printResult(context.terminal, context.json, list, () =>
      list.selections.length === 0
        ? `No selection is kept yet: one is made at 08:30 Japan time, or by ` +
          `\`${programName} jobs run market-preparation\`.`
        : historyReport(list.selections),
    );
  },
};

function historyReport(selections: readonly KeptSelection[]): string {
  const table = renderTable(
    [
      { title: 'as of' },
      { title: 'made (JST)' },
      { title: 'pool', align: 'right' },
      { title: 'turnover', align: 'right' },
      { title: 'symbols' },
      { title: 'new' },
      { title: 'gone' },
    ],
    selections.map(({ asOf, madeAt, poolSize, symbols, turnover }) => [
      asOf,
      japanClock(madeAt),
      count(poolSize),
      percent(turnover.share),
      symbols.map(({ symbol }) => symbol).join(' '),
      turnover.previous === null ? '' : turnover.entered.join(' '),
      turnover.left.map(({ symbol }) => symbol).join(' '),
    ]),
  );
  const shares = selections.map(({ turnover }) => turnover.share).filter((share) => share !== null);
  if (shares.length === 0) return table;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return `${table}\n\nMean turnover of ${count(shares.length)}: ${percent(mean)}.`;
}
