import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
import { haltSession, httpTransport, KabuClient, LiveSession, webSocketStream } from '@daytrade/kabu-station';
import { changeBook, PaperBook } from '@daytrade/paper';
import { OsLock } from '@daytrade/storage/os-lock';
import type { CommandDefinition } from '../../define-command.ts';
import { assertNoProxy } from '../../live/assert-no-proxy.ts';
import { assertStillConfirmed, kabuPassword, readConfirmation } from '../../live/confirmation-file.ts';
import { FileLog } from '../../live/file-log.ts';
import { keepLimits } from '../../live/kept-limits.ts';
import { liveClock } from '../../live/live-clock.ts';
import { accountFolder } from '../../live/live-folder.ts';
import { liveReport, liveState } from '../../live/live-report.ts';
import { accountLock } from '../../live/live-standing.ts';
import { nextLiveSession } from '../../live/next-live-session.ts';
import { paperDecision, paperHalt, whyNotFollowed } from '../../live/paper-decision.ts';
import { japanClock } from '../../output/format.ts';
import { printNote, printResult } from '../../output/terminal.ts';
import { readRunningFile } from '../../platform/running-file.ts';
import { serviceUrls } from '../../platform/service-urls.ts';
import { whoRuns } from '../../who-runs.ts';

/** Longer than any session lasts: what is held in the lunch break can be closed after it alone. */
const aDay = 86_400;

export const liveStartCommand: CommandDefinition = {
  usage: 'start',
  endSeconds: aDay,
  whenInterrupted: 'halting: cancels orders and closes what is held … (again to stop at once, and LEAVE them open)',
  summary: 'send the orders of the paper book to the broker, for one session',
  description: `Sends REAL ORDERS. Trades one session at kabu STATION, on this machine: what the running paper book
decides before the open is sent once, within the limits of the confirmation file, followed to its end, and closed before
the close. It runs in the foreground until the session is over; Ctrl-C halts it: its orders are cancelled and what it
holds is closed at market, and it ends when nothing is held. A second Ctrl-C ends it at once and leaves both as they
are.

It needs DAYTRADE_AUTOMATIC_TRADING=true, a confirmation file that names account and limits, the password of the API in
the file of DAYTRADE_KABU_PASSWORD_FILE, a paper book with a day-margin account, and a running "daytrade up". It was
tried against a simulator of the broker's interface alone, never against the broker. docs/live-trading.md says what it
does, and what it cannot.`,
  examples: [
    'DAYTRADE_AUTOMATIC_TRADING=true daytrade live start --confirmation ~/.config/day-trade/live.json --dry-run',
    'DAYTRADE_AUTOMATIC_TRADING=true daytrade live start --confirmation ~/.config/day-trade/live.json',
  ],
  configure: (command) =>
    command
      .requiredOption('--confirmation <file>', 'file that names account and limits, of mode 0600')
      .option('--dry-run', 'check everything, ask the broker what it holds, and send nothing'),
  run: async (context, { options }) => {
    const { settings, terminal, json, signal } = context;
    const say = (line: string) => printNote(terminal, `${japanClock(new Date().toISOString())} ${line}`);
    if (!settings.DAYTRADE_AUTOMATIC_TRADING) {
      throw new DayTradeError('trading.live-off', 'DAYTRADE_AUTOMATIC_TRADING is false: no real order is sent');
    }
    const path = String(options.confirmation);
    const { account } = readConfirmation(
      path,
      nextLiveSession(Date.now(), () => false),
    );
    const folder = accountFolder(settings.DAYTRADE_STATE_DIR, account.number);
    const session = nextLiveSession(Date.now(), (day) => existsSync(join(folder, day)));
    const confirmation = readConfirmation(path, session);
    const password = kabuPassword(settings);
    assertNoProxy(settings.DAYTRADE_KABU_URL, process.env, process.execArgv);
    if (
      serviceUrls(settings) === undefined &&
      readRunningFile(settings.DAYTRADE_STATE_DIR, settings.DAYTRADE_HOST) === undefined
    ) {
      throw new DayTradeError('trading.live-not-ready', 'daytrade up does not run, and nobody decides without it');
    }
    const connection = await context.connect();
    const why = await whyNotFollowed(connection);
    if (why !== undefined) throw new DayTradeError('trading.live-not-ready', why);
    const log = new FileLog(join(folder, session));
    const clock = liveClock(log, signal);
    const base = settings.DAYTRADE_KABU_URL;
    const client = new KabuClient({ transport: httpTransport(base, fetch), password, clock });
    const before = new PaperBook(await log.read());
    if (before.stopped !== undefined) {
      throw new DayTradeError(
        'trading.live-not-ready',
        `the live session of ${session} is over; begin the next one after it`,
      );
    }
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Also for a dry run: it logs in, and the token of a session that runs would be void.
    const lock = await lockOf(accountLock(folder));
    if (lock === undefined) {
      throw new DayTradeError('trading.live-not-ready', `another process trades account ${account.number}`);
    }
    try {
      if (options.dryRun === true) {
        const [room, positions] = await asked(async () => [await client.wallet(), await client.positions()] as const);
        const answer = { dryRun: true, account: account.number, session, limits: confirmation.limits, room, positions };
        printResult(terminal, json, answer, () =>
          [
            `Nothing is sent. It would be session ${session} of account ${account.number}.`,
            `  limits       ${Object.entries(confirmation.limits)
              .map(([name, value]) => `${name} ${value}`)
              .join(', ')}`,
            `  broker       room for ${room} yen; ${positions.length} margin positions`,
          ].join('\n'),
        );
        return;
      }
      await keepLimits(folder, session, confirmation.limits);
      await mkdir(join(folder, session), { recursive: true, mode: 0o700 });
      const halt = () =>
        changeBook(log, (book) =>
          haltSession(book, 'interrupted', { by: whoRuns(), at: new Date().toISOString() }),
        ).catch((error: unknown) => say(String(error)));
      signal.addEventListener('abort', () => void halt(), { once: true });
      // Ctrl-C before now was heard by nobody.
      signal.throwIfAborted();
      say(`session ${session} of account ${account.number}: REAL ORDERS`);
      const openStream = webSocketStream(`${base.replace(/^http/, 'ws')}/websocket`, WebSocket);
      const decision = async (day: typeof session) => {
        assertStillConfirmed(path, day, confirmation);
        return await paperDecision(connection, day, say);
      };
      const parts = {
        log,
        client,
        openStream,
        clock,
        confirmation,
        decision,
        paperHalt: () => paperHalt(connection),
        say,
      };
      const { remaining } = await new LiveSession(parts, session).run();
      const book = new PaperBook(await log.read());
      const kept = { account: account.number, session, log, book, limits: confirmation.limits, isTraded: true };
      printResult(terminal, json, { ...liveState(kept), remaining }, () => liveReport(kept));
      if (remaining.length > 0) {
        throw new DayTradeError('trading.live-held', `still held: ${remaining.join('; ')}`, { details: { remaining } });
      }
    } finally {
      lock.release();
    }
  },
};

/** Who looks at a session holds its lock for a moment, so it is tried twice. */
async function lockOf(path: string): Promise<OsLock | undefined> {
  const lock = OsLock.take(path);
  if (lock !== undefined) return lock;
  await setTimeout(500);
  return OsLock.take(path);
}

/** Asks the broker; where it does not answer as it should, that is said. */
async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    throw new DayTradeError('trading.live-not-ready', `kabu STATION: ${(error as Error).message}`, { cause: error });
  }
}
