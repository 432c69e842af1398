import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, sessionOpen } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { simulate } from '../backtest/simulate.ts';
import { haltBook, startBook } from '../paper/book-changes.ts';
import { decideOf, simulationSettings } from '../paper/book-settings.ts';
import { PaperGateway } from '../paper/paper-gateway.ts';
import { changeBook } from '../paper/paper-log.ts';
import { advance } from '../paper/paper-session.ts';
import { stepsOf } from '../paper/steps.ts';
import { Crash, CrashingGateway, CrashingLog } from './crashing.ts';
import { MemoryLog } from './memory-log.ts';
import { recordedFeed } from './recorded-feed.ts';

/** Recorded sessions that are replayed, from one to before another. */
export interface Recorded {
  readonly data: BacktestData;
  readonly settings: PaperSettings;
  readonly from: SessionIndex;
  readonly to: SessionIndex;
}

interface ReplayWith {
  readonly log?: MemoryLog;
  readonly gateway?: PaperGateway;
  /** Somebody halts the book at this instant, milliseconds since 1970 UTC. */
  readonly haltAt?: number | undefined;
}

/** Lets a book go through recorded sessions on a clock that is moved step by step; after a crash it begins anew. */
export async function replay(recorded: Recorded, parts: ReplayWith = {}): Promise<readonly PaperEvent[]> {
  const { data, settings, from, to } = recorded;
  const { log = new MemoryLog(), gateway = new PaperGateway(), haltAt = Infinity } = parts;
  let now = sessionOpen(dateOfDayNumber(data.panel.days[from]!)) - 3_600_000;
  const feed = recordedFeed(data, () => now);
  const at = () => new Date(now).toISOString();
  const begin = () => changeBook(log, (book) => (book.isRunning ? [] : startBook(undefined, settings, author())));
  const author = () => ({ by: 'somebody', at: at() });
  await untilDone(begin);
  for (let t = from; t < to; t += 1) {
    for (const step of stepsOf(dateOfDayNumber(data.panel.days[t]!))) {
      if (haltAt > now && haltAt <= step.at) {
        now = haltAt;
        await untilDone(() => changeBook(log, (book) => haltBook(book, 'by hand', author())));
      }
      now = step.at;
      await untilDone(() => advance({ log, feed, gateway }, now));
    }
  }
  return log.events;
}

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
}

/** Fills of a replay and of the backtest of the same sessions that differ, in words; and how many fills there were. */
export async function differingFills(recorded: Recorded): Promise<{
  readonly fills: number;
  readonly differing: readonly string[];
}> {
  const { data, settings, from, to } = recorded;
  const expected: string[] = [];
  const dates = Array.from(data.panel.days, (day) => dateOfDayNumber(day));
  const { net } = simulate({
    data,
    from,
    to,
    settings: simulationSettings(settings),
    decideAt: () => decideOf(settings),
    onFill: ({ session, symbol, fill: { side, shares, price, reason }, cost }) =>
      expected.push(
        `${dates[session]} ${data.panel.symbols[symbol]!.symbol} ${side} ${shares} ${price} ${reason} ${cost}`,
      ),
  });
  const events = await replay(recorded);
  const found = events.flatMap((event) =>
    event.kind === 'filled'
      ? [`${event.session} ${event.symbol} ${event.side} ${event.shares} ${event.price} ${event.why} ${event.cost}`]
      : [],
  );
  const equities = events.flatMap((event) => (event.kind === 'closed' ? [event.equity] : []));
  const differing = Array.from({ length: Math.max(expected.length, found.length) }, (_, i) =>
    expected[i] === found[i] ? [] : [`backtest ${expected[i]}, paper ${found[i]}`],
  ).flat();
  for (const [i, equity] of net.entries()) {
    if (equities[i] !== equity) differing.push(`${dates[from + i]}: backtest ${equity} yen, paper ${equities[i]}`);
  }
  return { fills: expected.length, differing };
}

/** What crashes did to the orders of a book, beside the same sessions without any. */
export interface CrashFaults {
  readonly lost: number;
  readonly doubled: number;
  readonly afterHalt: number;
}

/**
 * Replays sessions with crashes at random moments.
 *
 * @param whole the log of the same replay without crashes, with the same halt
 */
export async function crashFaults(
  recorded: Recorded,
  whole: readonly PaperEvent[],
  random: () => number,
  haltAt?: number,
): Promise<CrashFaults> {
  const often = 0.05 * random();
  const [log, gateway] = [new CrashingLog(random, often), new CrashingGateway(random, often)];
  const events = await replay(recorded, { log, gateway, haltAt });
  const ordersIn = (all: readonly PaperEvent[]) =>
    all.flatMap(({ kind, order }) => (kind === 'sent' && order !== null ? [order] : []));
  const [expected, sent] = [ordersIn(whole), ordersIn(events)];
  const once = new Set(sent);
  const filledBy = (all: readonly PaperEvent[]) => all.filter(({ kind }) => kind === 'filled').length;
  return {
    lost: expected.filter((order) => !once.has(order) || !gateway.placed.has(order)).length,
    doubled:
      sent.length -
      once.size +
      [...once].filter((order) => !expected.includes(order)).length +
      Math.abs(filledBy(events) - filledBy(whole)),
    afterHalt: sentAfterHalt(events),
  };
}

/** Orders that were sent after a halt and before its release. */
export function sentAfterHalt(events: readonly PaperEvent[]): number {
  let halted = false;
  let count = 0;
  for (const { kind, order } of events) {
    if (kind === 'halted') halted = true;
    else if (kind === 'released') halted = false;
    else if (halted && kind === 'sent' && order?.includes('/broker/') !== true) count += 1;
  }
  return count;
}
