import type { DataHealth, HealthConcern, SymbolHealth } from '@daytrade/contracts';
import { barsAge, countSessions, dateOfDayNumber, nextSession, type TradeDate } from '@daytrade/market';
import { endsOfListings, healthConcerns, missingBars } from '@daytrade/market-data';
import { activeUniverse, newestBar, type SymbolRecord } from '@daytrade/storage';
import type { DataServiceDependencies } from './dependencies.ts';
import { intradayHealth } from './intraday-health.ts';
import { knownSymbol } from './known-symbol.ts';

type Stores = DataServiceDependencies['stores'];

/** More rows of a symbol that were kept out are counted, but explain no further gaps. */
const mostRowsRead = 10_000;

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
  for (const record of asked) {
    const ended = endOf(record.symbol);
    // Lists are a month apart: from one that names it to the end of its listing nothing need be missing.
    const isComplete = ended !== undefined && record.lastDate >= ended.listedOn;
    symbols.push(await healthOf(record, isComplete ? record.lastDate : newest, stores));
  }
  symbols.sort(byUrgency);
  return { symbols, barsAge: newest === undefined ? null : barsAge(newest, now) };
}

async function healthOf(record: SymbolRecord, newest: TradeDate | undefined, stores: Stores): Promise<SymbolHealth> {
  const { symbol, name, priceBasis, synthetic, bars, firstDate, lastDate } = record;
  const [damaged] = bars === 0 ? [] : await stores.bars.damaged([symbol], 'content');
  const query = { symbol, severity: 'quarantined', limit: mostRowsRead, offset: 0 } as const;
  const { counts, quarantine } = await stores.quarantine.list(query);
  const stored = damaged === undefined ? await stores.bars.readWithOrigins(symbol, '1d') : undefined;
  const days = stored?.interval === '1d' ? stored.columns.days : new Int32Array();
  const { gaps, missing, explained } = missingBars(days, new Set(quarantine.map(({ date }) => date.slice(0, 10))));
  // Bars that the record has and the store lost are missing as those that never came.
  const last = days.length === 0 ? lastDate : dateOfDayNumber(days.at(-1)!);
  const within = await intradayHealth(symbol, days, stores.bars);
  const facts = {
    symbol,
    name,
    priceBasis,
    synthetic,
    bars,
    firstDate: bars === 0 ? null : firstDate,
    lastDate: bars === 0 ? null : last,
    damage: damaged?.message ?? within.damage ?? null,
    gaps: [...gaps],
    missingSessions: missing,
    explainedSessions: explained,
    sessionsBehind: bars === 0 || newest === undefined ? 0 : sessionsAfter(last, newest),
    intraday: within.intraday,
    keptOut: counts.map(({ reason, rows }) => ({ reason, rows })),
    origins: stored === undefined ? [] : originsOf(stored.origins),
  };
  return { ...facts, concerns: healthConcerns(facts) };
}

function sessionsAfter(last: TradeDate, newest: TradeDate): number {
  return last >= newest ? 0 : countSessions(nextSession(last), newest);
}

type Origins = Awaited<ReturnType<Stores['bars']['readWithOrigins']>>['origins'];

/** Bars by provider, most first. */
function originsOf({ sources, source, fetchedAt }: Origins): SymbolHealth['origins'] {
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
  return rank(one) - rank(other) || other.missingSessions - one.missingSessions || (one.symbol < other.symbol ? -1 : 1);
}
