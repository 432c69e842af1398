import type { DataHealth, HealthConcern, SymbolHealth } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import {
  barsAge,
  compareText,
  countSessions,
  dateOfDayNumber,
  dayNumber,
  japanDay,
  nextSession,
  sessionsBetween,
  type TradeDate,
} from '@daytrade/market';
import { endsOfListings, healthConcerns, missingBars } from '@daytrade/market-data';
import { activeUniverse, newestBar, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';
import { knownSymbol } from './known-symbol.ts';

type Stores = DataServiceDependencies['stores'];

/** More rows of a symbol that were kept out are counted, but explain no further gaps. */
const mostRowsRead = 10_000;
/** Symbols whose bars are read by one query. */
const symbolsAtOnce = 200;

/**
 * The health of one symbol's bars, or of all in use, with real ones that have 5-minute bars alone.
 *
 * @throws DayTradeError `data.symbol-unknown`
 */
export async function dataHealth(stores: Stores, symbol: string | undefined, now: number): Promise<DataHealth> {
  const records = await stores.symbols.list();
  const inUse = activeUniverse(records);
  const withinDayAlone = records.filter(({ bars, synthetic }) => bars === 0 && !synthetic);
  const newest = newestBar(inUse);
  const asked = symbol === undefined ? [...inUse, ...withinDayAlone] : [await knownSymbol(symbol, stores)];
  const symbols: SymbolHealth[] = [];
  const endOf = endsOfListings(await stores.universe.read());
  const damaged = await stores.bars.damaged(asked, 'content');
  const damageOf = new Map(damaged.map((each) => [each.symbol, each.message]));
  for (let from = 0; from < asked.length; from += symbolsAtOnce) {
    const records = asked.slice(from, from + symbolsAtOnce);
    const stored = await stores.bars.readSound(records.map((record) => record.symbol));
    const within = await intradayHealth(stored, records, stores.bars);
    for (const [index, record] of records.entries()) {
      const ended = endOf(record.symbol);
      // Lists are a month apart: from one that names it to the end of its listing nothing need be missing.
      const isComplete = ended !== undefined && record.lastDate >= ended.listedOn;
      const found = { stored: stored[index]!, damage: damageOf.get(record.symbol), within: within[index]! };
      symbols.push(await healthOf(record, found, isComplete ? record.lastDate : newest, stores));
    }
  }
  symbols.sort(byUrgency);
  return { symbols, barsAge: newest === undefined ? null : barsAge(newest, now) };
}

interface FoundBars {
  readonly stored: DailyBars;
  readonly damage: string | undefined;
  readonly within: IntradayHealth;
}

async function healthOf(
  record: SymbolRecord,
  { stored, damage, within }: FoundBars,
  newest: TradeDate | undefined,
  stores: Stores,
): Promise<SymbolHealth> {
  const { symbol, name, priceBasis, synthetic, bars, firstDate, lastDate } = record;
  const query = { symbol, severity: 'quarantined', limit: mostRowsRead, offset: 0 } as const;
  const { counts, quarantine } = await stores.quarantine.list(query);
  const { days } = stored.columns;
  const { gaps, missing, explained } = missingBars(days, new Set(quarantine.map(({ date }) => date.slice(0, 10))));
  // Bars that the record has and the store lost are missing as those that never came.
  const last = days.length === 0 ? lastDate : dateOfDayNumber(days.at(-1)!);
  const facts = {
    symbol,
    name,
    priceBasis,
    synthetic,
    bars,
    firstDate: bars === 0 ? null : firstDate,
    lastDate: bars === 0 ? null : last,
    damage: damage ?? within.damage ?? null,
    gaps: [...gaps],
    missingSessions: missing,
    explainedSessions: explained,
    sessionsBehind: bars === 0 || newest === undefined ? 0 : countSessions(nextSession(last), newest),
    intraday: within.intraday,
    keptOut: counts.map(({ reason, rows }) => ({ reason, rows })),
    origins: originsOf(stored.origins),
  };
  return { ...facts, concerns: healthConcerns(facts) };
}

type DailyBars = Awaited<ReturnType<Stores['bars']['readSound']>>[number];

/** Bars by provider, most first. */
function originsOf({ sources, source, fetchedAt }: DailyBars['origins']): SymbolHealth['origins'] {
  const bySource = Map.groupBy(fetchedAt.keys(), (row) => sources[source[row]!] ?? null);
  const found = Array.from(bySource, ([name, rows]) => {
    const newest = Math.max(...rows.map((row) => fetchedAt[row]!));
    return { source: name, bars: rows.length, fetchedAt: name === null ? null : new Date(newest).toISOString() };
  });
  return found.sort((one, other) => other.bars - one.bars);
}

const urgency: readonly HealthConcern[] = ['damaged', 'gaps', 'behind', 'kept-out'];

/** Those whose worst concern is worse come first, then those that lack more sessions. */
function byUrgency(one: SymbolHealth, other: SymbolHealth): number {
  const rank = ({ concerns }: SymbolHealth) =>
    concerns[0] === undefined ? urgency.length : urgency.indexOf(concerns[0].concern);
  return (
    rank(one) - rank(other) || other.missingSessions - one.missingSessions || compareText(one.symbol, other.symbol)
  );
}

/** The 5-minute bars of a symbol, and the fault of their files. */
interface IntradayHealth {
  readonly intraday: SymbolHealth['intraday'];
  readonly damage: string | undefined;
}

const barMilliseconds = 300_000;

/**
 * Returns the 5-minute bars of symbols and the sessions without any.
 *
 * @param daily daily bars of each symbol; other days had no trade
 */
async function intradayHealth(
  daily: readonly { readonly columns: { readonly days: Int32Array } }[],
  records: readonly { readonly symbol: string }[],
  bars: DataServiceDependencies['stores']['bars'],
): Promise<readonly IntradayHealth[]> {
  const withBars = new Set(await bars.symbols('5m'));
  try {
    const columns = await bars.readManyIntraday(records.map(({ symbol }) => symbol));
    return columns.map(({ times }, index) => {
      const intraday = times.length === 0 ? null : intradayFacts(times, daily[index]!.columns.days);
      return { intraday, damage: undefined };
    });
  } catch (error) {
    if (!isDayTradeError(error) || error.code !== 'data.bars-damaged') throw error;
    return records.map(({ symbol }) => ({
      intraday: null,
      damage: withBars.has(symbol) ? error.message : undefined,
    }));
  }
}

function intradayFacts(times: Float64Array, traded: Int32Array): SymbolHealth['intraday'] {
  const days = Int32Array.from(new Set(Array.from(times, japanDay)));
  const [firstDate, lastDate] = [dateOfDayNumber(days[0]!), dateOfDayNumber(days.at(-1)!)];
  const known = new Set(traded);
  const withoutTrade = sessionsBetween(firstDate, lastDate).filter((session) => !known.has(dayNumber(session)));
  const { gaps, missing } = missingBars(days, new Set(withoutTrade));
  return {
    bars: times.length,
    sessions: days.length,
    firstDate,
    lastBar: new Date(times.at(-1)! + barMilliseconds).toISOString(),
    gaps: [...gaps],
    missingSessions: missing,
  };
}
