import { routes } from '@daytrade/contracts';
import { qualityMessageInJapanese } from '@daytrade/contracts/japanese';
import type { CommandGroup } from '../define-command.ts';
import { say, sayBy } from '../language/language.ts';
import { count, quantity } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { command } from '../route-command.ts';

export const quarantineGroup: CommandGroup = {
  name: 'quarantine',
  summary: 'rows that the quality gate kept out',
  commands: [
    command(routes.quarantine, {
      usage: 'list',
      summary: 'show the rows that the quality gate kept out or warned about',
      description: `Shows the rows that the quality gate kept out ("quarantined") or kept with a warning, with file,
line and reason, and counts them by reason. Of many rows of a file with the same reason the first are kept, and the
others counted. Nothing is ever repaired silently.`,
      examples: ['daytrade quarantine list', 'daytrade quarantine list --symbol 7203 --reason closed-day'],
      options: { symbol: {}, reason: {}, severity: {}, limit: { default: '20' } },
      text: ({ quarantine, counts, total }, { symbol, reason, severity }) => {
        const isFiltered = [symbol, reason, severity].some((filter) => filter !== undefined);
        if (total === 0) return isFiltered ? say`No such row is in quarantine.` : say`No row is in quarantine.`;
        const reasons = table(counts, {
          reason: (entry) => say(entry.reason),
          severity: (entry) => say(entry.severity),
          rows: right(({ rows }) => rows),
        });
        const rows = table(quarantine, {
          symbol: (entry) => entry.symbol,
          date: ({ date }) => date,
          file: ({ file }) => file,
          line: right(({ line }) => String(line)),
          what: ({ message }) => sayBy(qualityMessageInJapanese, message),
        });
        return `${reasons}\n\n${rows}\n\n${say`${count(quarantine.length)} of ${quantity(total, 'row')} shown`}`;
      },
    }),
  ],
};
