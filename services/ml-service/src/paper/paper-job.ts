import type { PaperBookState } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { type DayNumber, dateOfDayNumber, dayNumber, sessionOpen, type TradeDate } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import {
  advance,
  type Feed,
  isShipped,
  type KnownSession,
  PaperBook,
  type PaperLog,
  type SessionForecasts,
} from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readIntraday } from '../in-day/running-session.ts';
import { OwnStrategies } from '../own/own-strategies.ts';
import { groupsOf, lotsOf, readSplits, readUniverse } from '../universe.ts';

/** Job `paper-session`: does what is due of each running paper book, each step once. */
export function paperSessionJob({ settings, stores, clock }: MlServiceDependencies): JobDefinition {
  const ownStrategies = new OwnStrategies(settings.DAYTRADE_USER_FOLDER);
  const step = async (name: string, feed: Feed) => {
    const log = storedLog(stores, name);
    const before = new PaperBook(await log.read());
    const { strategy, strategyHash } = before.settings!;
    const rule = isShipped(strategy) ? undefined : () => ownStrategies.ruleOf(strategy, strategyHash);
    const parts = { log, feed, rule };
    const { session, done, waitingFor, book } = await advance(parts, clock.now());
    const added = book.events.slice(before.events.length);
    return {
      book: name,
      session: session ?? null,
      done: [...done],
      waitingFor: waitingFor ?? null,
      orders: added.filter(({ kind }) => kind === 'sent').length,
      fills: added.filter(({ kind }) => kind === 'filled').length,
      equity: book.closes.at(-1)?.equity ?? book.settings?.cash ?? null,
      halted: book.halted !== undefined,
    };
  };
  return defineJob('paper-session', async () => {
    const running = runningOf(await stores.paper.books());
    const feed = storedFeed(stores);
    const steps = running.map((name) => step(name, feed));
    // One that fails, as by its own strategy, does not hold up the others.
    await Promise.allSettled(steps);
    return { books: await Promise.all(steps) };
  });
}

/** Sessions of 5-minute bars to read: the traded one, and those that show the basis of its prices. */
const intradaySessions = 6;

/** Returns the feed of stored bars and of the forecasts published before each session opened; reads each session once. */
function storedFeed(stores: Stores): Feed {
  const known = new Map<TradeDate, Promise<KnownSession>>();
  return {
    read: (session) => {
      const read = known.get(session) ?? readSession(stores, session);
      known.set(session, read);
      return read;
    },
  };
}

async function readSession(stores: Stores, session: TradeDate): Promise<KnownSession> {
  const universe = await readUniverse(stores);
  const { panel, synthetic } = universe;
  const first = panel.days.at(-intradaySessions) ?? panel.days[0]!;
  const from = dateOfDayNumber(Math.min(first, dayNumber(session)) as DayNumber);
  const intraday = await readIntraday(stores, panel.symbols, { from, to: session });
  const forecasts = await readPublished(stores, panel, session, synthetic);
  const splits = await readSplits(stores);
  return { panel, lots: lotsOf(universe), groups: groupsOf(universe), intraday, forecasts, splits, synthetic };
}

async function readPublished(
  stores: Stores,
  { symbols }: Panel,
  session: TradeDate,
  synthetic: boolean,
): Promise<SessionForecasts | undefined> {
  const inTime = (await stores.predictions.forSession(session, synthetic)).filter(
    ({ madeAt }) => Date.parse(madeAt) < sessionOpen(session),
  );
  if (inTime.length === 0) return undefined;
  const places = new Map<string, number>(symbols.map(({ symbol }, place) => [symbol, place]));
  const column = () => new Float64Array(symbols.length).fill(NaN);
  const [centre, lower, upper] = [column(), column(), column()];
  for (const forecast of inTime) {
    const place = places.get(forecast.symbol);
    if (place === undefined) continue;
    centre[place] = forecast.centre ?? NaN;
    lower[place] = forecast.lower;
    upper[place] = forecast.upper;
  }
  return { centre, lower, upper };
}

/** Returns the log of a book in the database. */
export function storedLog({ paper }: Pick<Stores, 'paper'>, name: string): PaperLog {
  return { read: () => paper.read(name), append: (after, events) => paper.append(name, after, events) };
}

/**
 * Returns a book by its name, else the newest that runs, else the newest; an empty one before the first start.
 *
 * @throws DayTradeError `trading.no-paper` for a name that no book has
 */
export async function findBook(stores: Pick<Stores, 'paper'>, asked?: string) {
  const books = await stores.paper.books();
  const name = asked ?? (books.find(({ running }) => running) ?? books[0])?.book;
  if (asked !== undefined && !books.some(({ book }) => book === asked)) {
    const known = books.map(({ book }) => book).join(', ') || 'none';
    throw new DayTradeError('trading.no-paper', `there is no paper book ${asked}; there are: ${known}`);
  }
  return { name, books, book: new PaperBook(name === undefined ? [] : await stores.paper.read(name)) };
}

export function runningOf(books: PaperBookState['books']): readonly string[] {
  return books.filter(({ running }) => running).map(({ book }) => book);
}

/** Returns the name of the next book. Names are numbered, so that two simultaneous starts meet. */
export function nextName(name: string | undefined): string {
  return `paper-${name === undefined ? 1 : Number(name.slice('paper-'.length)) + 1}`;
}
