import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { type DayNumber, dateOfDayNumber, dayNumber, sessionOpen, type TradeDate } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import { advance, type Feed, isShipped, PaperBook, type PaperLog, type SessionForecasts } from '@daytrade/trading';
import type { MlServiceDependencies } from '../dependencies.ts';
import { readIntraday } from '../in-day/running-session.ts';
import { OwnStrategies } from '../own/own-strategies.ts';
import { groupsOf, lotsOf, readSplits, readUniverse } from '../universe.ts';

/** Job `paper-session`: does what is due of the running paper book, each step once; nothing without a book. */
export function paperSessionJob({ settings, stores, clock }: MlServiceDependencies): JobDefinition {
  const ownStrategies = new OwnStrategies(settings.DAYTRADE_USER_FOLDER);
  return defineJob('paper-session', async () => {
    const { name, book: before } = await newestBook(stores);
    if (name === undefined || !before.isRunning) return nothing;
    const { strategy, strategyHash } = before.settings!;
    const rule = isShipped(strategy) ? undefined : () => ownStrategies.ruleOf(strategy, strategyHash);
    const parts = { log: storedLog(stores, name), feed: storedFeed(stores), rule };
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
  });
}

const nothing = {
  book: null,
  session: null,
  done: [],
  waitingFor: null,
  orders: 0,
  fills: 0,
  equity: null,
  halted: false,
};

/** Sessions of 5-minute bars to read: the traded one, and those that show the basis of its prices. */
const intradaySessions = 6;

/** Returns the feed of stored bars and of the forecasts published before each session opened. */
function storedFeed(stores: Stores): Feed {
  return {
    read: async (session) => {
      const universe = await readUniverse(stores);
      const { panel, synthetic } = universe;
      const first = panel.days.at(-intradaySessions) ?? panel.days[0]!;
      const from = dateOfDayNumber(Math.min(first, dayNumber(session)) as DayNumber);
      const intraday = await readIntraday(stores, panel.symbols, { from, to: session });
      const forecasts = await readPublished(stores, panel, session, synthetic);
      const splits = await readSplits(stores);
      return { panel, lots: lotsOf(universe), groups: groupsOf(universe), intraday, forecasts, splits, synthetic };
    },
  };
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

/** Returns the book that was started last; an empty one without a name before the first start. */
export async function newestBook(stores: Pick<Stores, 'paper'>): Promise<{
  readonly name: string | undefined;
  readonly book: PaperBook;
}> {
  const name = await stores.paper.newestBook();
  return { name, book: new PaperBook(name === undefined ? [] : await stores.paper.read(name)) };
}

/** Returns the name of the next book. Names are numbered, so that one of two simultaneous starts is refused. */
export function nextName(name: string | undefined): string {
  return `paper-${name === undefined ? 1 : Number(name.slice('paper-'.length)) + 1}`;
}
