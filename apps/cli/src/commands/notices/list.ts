import { type QueryOf, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { count, japanClock } from '../../output/format.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';
import { programName } from '../../program-name.ts';

export const noticesListCommand: CommandDefinition = {
  usage: 'list',
  summary: 'list the notices that were sent, or wait to be',
  description: `Lists the newest notices, one row per receiver. A receiver that fails is tried 6 times in about two
hours; then the notice is failed. Of each kind and subject (a session, or a job and a day) one is sent.`,
  examples: ['daytrade notices list', 'daytrade notices list --limit 5 --json'],
  configure: (command) => command.option('--limit <rows>', 'rows to show', '20'),
  run: async (context, { options }) => {
    const { limit } = options as QueryOf<typeof routes.notices>;
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.notices, { query: { limit } });
    printResult(context.terminal, context.json, list, () =>
      list.notices.length === 0
        ? `There was no notice yet. \`${programName} notices test\` tries the way to you.`
        : renderTable(
            [
              { title: 'made (JST)' },
              { title: 'kind' },
              { title: 'subject' },
              { title: 'to' },
              { title: 'status' },
              { title: 'attempts', align: 'right' },
              { title: 'what' },
            ],
            list.notices.map(({ madeAt, kind, subject, channel, status, attempts, title, error }) => [
              japanClock(madeAt),
              kind,
              subject,
              channel,
              status,
              count(attempts),
              error ?? title,
            ]),
          ),
    );
  },
};
