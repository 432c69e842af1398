import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, instantOf, sessionOpen, sessionTimes } from '@daytrade/market';
import { type SessionIndex, slicePanel } from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { simulate } from '../backtest/simulate.ts';
import { simulationSettings } from '../backtest/simulation.ts';
import { ruleOf } from '../paper/account-of-book.ts';
import { changeBook, haltBook, type PaperLog, startBook } from '../paper/book-changes.ts';
import { advance, stepsOf } from '../paper/paper-session.ts';
import type { Feed } from '../paper/session-data.ts';
import { strategyNamed } from '../strategies/catalogue.ts';
import type { Strategy } from '../strategies/strategy.ts';

export interface Recorded {
  readonly data: BacktestData;
  readonly settings: PaperSettings;
  /** Default: the platform's of that name. */
  readonly strategy?: Strategy;
  readonly from: SessionIndex;
  readonly to: SessionIndex;
}

interface ReplayWith {
  readonly log?: MemoryLog;
  /** Instant of a halt by hand, milliseconds since 1970 UTC. */
  readonly haltAt?: number | undefined;
}

/** Replays recorded sessions with a book, on a clock that moves from step to step; after a crash it tries again. */
export async function replay(recorded: Recorded, parts: ReplayWith = {}): Promise<readonly PaperEvent[]> {
  const { data, settings, from, to } = recorded;
  const { log = new MemoryLog(), haltAt = Infinity } = parts;
  let now = sessionOpen(dateOfDayNumber(data.panel.days[from]!)) - 3_600_000;
  const feed = recordedFeed(data, () => now);
  const at = () => new Date(now).toISOString();
  const strategy = strategyOf(recorded);
  const begin = () => changeBook(log, (book) => (book.isRunning ? [] : startBook(settings, author(), strategy)));
  const author = () => ({ by: 'somebody', at: at() });
  await untilDone(begin);
  for (let t = from; t < to; t += 1) {
    for (const step of stepsOf(dateOfDayNumber(data.panel.days[t]!))) {
      if (haltAt > now && haltAt <= step.at) {
        now = haltAt;
        await untilDone(() => changeBook(log, (book) => haltBook(book, 'by hand', author())));
      }
      now = step.at;
      await untilDone(() => advance({ log, feed, rule: async () => ruleOf(strategy) }, now));
    }
  }
  return log.events;
}

function strategyOf({ strategy, settings }: Recorded): Strategy {
  return strategy ?? strategyNamed(settings.strategy);
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
  const decide = strategyOf(recorded).with(settings.parameters);
  const { net } = simulate({
    data,
    from,
    to,
    settings: simulationSettings(settings),
    decideAt: () => decide,
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
  const events = await replay(recorded, { log: new CrashingLog(random, often), haltAt });
  const ordersIn = (all: readonly PaperEvent[], asked: PaperEvent['kind']) =>
    all.flatMap(({ kind, order }) => (kind === asked && order !== null ? [order] : []));
  const [expected, sent, accepted] = [ordersIn(whole, 'sent'), ordersIn(events, 'sent'), ordersIn(events, 'accepted')];
  const once = new Set(sent);
  const filledBy = (all: readonly PaperEvent[]) => all.filter(({ kind }) => kind === 'filled').length;
  return {
    lost: expected.filter((order) => !once.has(order) || !accepted.includes(order)).length,
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

/** The log of a book in memory, which takes events as the one in the database does. */
export class MemoryLog implements PaperLog {
  readonly events: PaperEvent[] = [];

  async read(): Promise<readonly PaperEvent[]> {
    return [...this.events];
  }

  async append(after: number, events: readonly PaperEvent[]): Promise<boolean> {
    if (this.events.length !== after) return false;
    const keys = new Set([...this.events, ...events].map(({ key }) => key));
    if (keys.size < this.events.length + events.length) throw new Error('a key of the log was written twice');
    this.events.push(...events);
    return true;
  }
}

class Crash extends Error {}

/** Ends the process at random: before something was done, or after it and before anybody knew. */
class CrashingLog extends MemoryLog {
  readonly #random: () => number;
  readonly #often: number;

  constructor(random: () => number, often: number) {
    super();
    this.#random = random;
    this.#often = often;
  }

  override async append(after: number, events: readonly PaperEvent[]): Promise<boolean> {
    if (this.#random() < this.#often) throw new Crash('before it was written');
    const taken = await super.append(after, events);
    if (this.#random() < this.#often) throw new Crash('after it was written');
    return taken;
  }
}

/**
 * Recorded bars on a clock that is moved: of each session only what was finished by then, as a store would have it.
 *
 * @param now milliseconds since 1970 UTC
 */
export function recordedFeed(data: BacktestData, now: () => number): Feed {
  return {
    read: async (session) => {
      const t = data.panel.days.indexOf(dayNumber(session));
      const isOver = now() >= instantOf(session, sessionTimes(session).close);
      const { symbols: all, days } = data.panel;
      const symbols = all.length;
      const splits = Array.from(data.splits ?? [], ([place, ratio]) => {
        return { symbol: all[place % symbols]!.symbol, day: days[Math.floor(place / symbols)]!, ratio };
      });
      const row = (column: Float64Array) => column.slice(t * symbols, (t + 1) * symbols);
      return {
        panel: slicePanel(data.panel, 0, isOver ? t + 1 : t),
        lots: data.lots,
        groups: data.groups,
        intraday: data.intraday,
        splits,
        forecasts: data.forecasts && {
          centre: row(data.forecasts.centre),
          lower: row(data.forecasts.lower),
          upper: row(data.forecasts.upper),
        },
        synthetic: false,
      };
    },
  };
}
