import { type QueryOf, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { renderTable } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';

export const sessionsCommand: CommandDefinition = {
  usage: 'sessions',
  summary: "show the exchange's trading days and closed days",
  description: `Shows the sessions of the Tokyo Stock Exchange with their hours in Japan time, and the days on which it
is closed, with the reason, from 2000 to 2030.`,
  examples: ['daytrade sessions', 'daytrade sessions --from 2024-11-01 --to 2024-11-30'],
  configure: (command) =>
    command
      .option('--from <date>', 'first day, YYYY-MM-DD; default: this month')
      .option('--to <date>', 'last day, YYYY-MM-DD'),
  run: async (context, { options }) => {
    const { from, to } = options as QueryOf<typeof routes.sessions>;
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.sessions, { query: { from, to } });
    printResult(context.terminal, context.json, list, () => {
      const sessions = renderTable(
        [{ title: 'session' }, { title: 'morning' }, { title: 'afternoon' }, { title: 'close' }],
        list.sessions.map((session) => [
          session.date,
          `${session.morningOpen}–${session.morningClose}`,
          session.afternoonOpen === null ? '–' : `${session.afternoonOpen}–${session.continuousClose}`,
          session.close,
        ]),
      );
      const closed = list.closed
        .filter((day) => !/^(saturday|sunday)$/i.test(day.reason))
        .map((day) => `  ${day.date}  ${day.reason}`);
      const now = `Now ${list.now.japanTime} JST: ${list.now.phase}; next session ${list.now.nextSession ?? '–'}`;
      return (
        `${sessions}\n\nClosed on weekdays:\n${closed.join('\n') || '  none'}\n\n${list.sessions.length} ` +
        `sessions. ${now}`
      );
    });
  },
};
