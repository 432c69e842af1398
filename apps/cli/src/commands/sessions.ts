import { routes, sessionQuerySchema } from '@daytrade/contracts';
import { closedReasonInJapanese } from '@daytrade/contracts/japanese';
import { phaseAt } from '@daytrade/market';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say, sayBy } from '../language/language.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { RequestOptions } from '../request-options.ts';

const range = new RequestOptions(sessionQuerySchema, {
  from: { help: 'first day, YYYY-MM-DD; default: this month' },
  to: { help: 'last day, YYYY-MM-DD' },
});

/** Phases between open and close. */
const inSession: ReadonlySet<string> = new Set(['morning', 'lunch', 'afternoon', 'pre-closing']);

export const sessionsCommand: CommandDefinition = {
  usage: 'sessions',
  summary: "show the exchange's trading days and closed days",
  description: `Shows the sessions of the Tokyo Stock Exchange with their hours in Japan time, and the days on which it
is closed, with the reason, from 2000 to 2030.

With --open it says whether the exchange is in session now: exit code 0 from open to close, lunch included, 3
otherwise.`,
  examples: ['daytrade sessions', 'daytrade sessions --open', 'daytrade sessions --from 2024-11-01 --to 2024-11-30'],
  configure: (command) =>
    range.addTo(command).option('--open', 'say whether the exchange is in session now, also by the exit code'),
  run: async (context, { options }) => {
    if (options.open === true) {
      const now = phaseAt(Date.now());
      const open = inSession.has(now.phase);
      process.exitCode = open ? 0 : 3;
      return printResult(context, { open, phase: now.phase }, () =>
        open ? say`The exchange is in session (${say(now.phase)}).` : say`The exchange is closed (${say(now.phase)}).`,
      );
    }
    const query = parseInput(sessionQuerySchema, range.read(options), 'sessions');
    const connection = await context.connect();
    const list = await connection.scheduler.call(routes.sessions, { query });
    printResult(context, list, () => {
      const sessions = table(list.sessions, {
        session: ({ date }) => date,
        morning: ({ morningOpen, morningClose }) => `${morningOpen}–${morningClose}`,
        afternoon: ({ afternoonOpen, continuousClose }) =>
          afternoonOpen === null ? '–' : `${afternoonOpen}–${continuousClose}`,
        closes: ({ close }) => close,
      });
      const closed = list.closed
        .filter((day) => !/^(saturday|sunday)$/i.test(day.reason))
        .map(({ date, reason }) => `  ${date}  ${sayBy(closedReasonInJapanese, reason)}`);
      const { japanTime, phase, nextSession } = list.now;
      const [count, next] = [list.sessions.length, nextSession ?? '–'];
      const now = say`${count} sessions. Now ${japanTime} JST: ${say(phase)}; next session ${next}`;
      const none = `  ${say`none`}`;
      return `${sessions}\n\n${say`Closed on weekdays:`}\n${closed.join('\n') || none}\n\n${now}`;
    });
  },
};
