import { type QueryOf, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count, quantity } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const quarantineListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'show the rows that the quality gate kept out or warned about',
  description: `Shows the rows that the quality gate kept out ("quarantined") or kept with a warning, with file, line
and reason, and counts them by reason. Of many rows of a file with the same reason the first are kept, and the
others counted. Nothing is ever repaired silently.`,
  examples: ['daytrade quarantine list', 'daytrade quarantine list --symbol 7203 --reason closed-day'],
  configure: (command) =>
    command
      .option('--symbol <symbol>', 'only this symbol')
      .option('--reason <reason>', 'only this reason')
      .option('--severity <severity>', 'quarantined or warning')
      .option('--limit <rows>', 'rows to show', '20'),
  run: async (context, { options }) => {
    const { symbol, reason, severity, limit } = options as QueryOf<typeof routes.quarantine>;
    const connection = await context.connect();
    const list = await connection.data.call(routes.quarantine, {
      query: { symbol, reason, severity, limit },
    });
    printResult(context.terminal, context.json, list, () => {
      const isFiltered = [symbol, reason, severity].some((filter) => filter !== undefined);
      if (list.total === 0) return isFiltered ? 'No such row is in quarantine.' : 'No row is in quarantine.';
      const counts = renderTable(
        [{ title: 'reason' }, { title: 'severity' }, { title: 'rows', align: 'right' }],
        list.counts.map((entry) => [entry.reason, entry.severity, count(entry.rows)]),
      );
      const rows = renderTable(
        [
          { title: 'symbol' },
          { title: 'date' },
          { title: 'file' },
          { title: 'line', align: 'right' },
          { title: 'what' },
        ],
        list.quarantine.map((entry) => [entry.symbol, entry.date, entry.file, String(entry.line), entry.message]),
      );
      return `${counts}\n\n${rows}\n\n${count(list.quarantine.length)} of ${quantity(list.total, 'row')} shown`;
    });
  },
};
