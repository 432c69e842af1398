import { type QueryOf, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count, japanClock, percent } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const reportsListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'list the daily reports',
  description: `Lists the reports of the symbols in use, newest session first. The job "report" makes one after each
session, at 16:00 Japan time. When closes come later, a further revision takes the place of the earlier, which stays
listed.`,
  examples: ['daytrade reports list', 'daytrade reports list --limit 5 --json'],
  configure: (command) => command.option('--limit <rows>', 'reports to show', '20'),
  run: async (context, { options }) => {
    const { limit } = options as QueryOf<typeof routes.reports>;
    const connection = await context.connect();
    const list = await connection.ml.call(routes.reports, { query: { limit } });
    printResult(context.terminal, context.json, list, () =>
      list.reports.length === 0
        ? `There is no report yet: one is made at 16:00 Japan time of each session, or by ` +
          `\`${programName} jobs run report\`.`
        : renderTable(
            [
              { title: 'session' },
              { title: 'revision', align: 'right' },
              { title: 'made (JST)' },
              { title: 'published', align: 'right' },
              { title: 'judged', align: 'right' },
              { title: 'inside', align: 'right' },
              { title: 'coverage', align: 'right' },
              { title: '' },
            ],
            list.reports.map(({ session, revision, madeAt, published, judged, inside, superseded, synthetic }) => [
              session,
              count(revision),
              japanClock(madeAt),
              count(published),
              count(judged),
              count(inside),
              percent(judged === 0 ? null : inside / judged),
              [...(superseded ? ['superseded'] : []), ...(synthetic ? ['SYNTHETIC'] : [])].join(', '),
            ]),
          ),
    );
  },
};
