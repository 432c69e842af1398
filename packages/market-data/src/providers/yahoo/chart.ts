import type { PriceFactor } from '@daytrade/contracts';
import { japanDate, type TradeDate } from '@daytrade/market';
import { invalid } from '../network/requests.ts';

/** Names of the columns of a chart. */
export const chartColumns = ['open', 'high', 'low', 'close', 'volume'] as const;

type ChartColumn = (typeof chartColumns)[number];

/** The reply for one symbol: columns of one length, of whose values nothing is believed yet. */
export interface YahooChart {
  /** Seconds since 1970 UTC. */
  readonly timestamps: readonly unknown[];
  /** A column that is absent has no value in any row. */
  readonly columns: Readonly<Record<ChartColumn, readonly unknown[]>>;
  readonly splits: readonly WireEvent[];
  readonly dividends: readonly WireEvent[];
  /** Names as Yahoo has them, the long one first. */
  readonly names: readonly string[];
}

/** A split or a dividend as it came. */
type WireEvent = Readonly<Record<string, unknown>>;

type WireObject = Readonly<Record<string, unknown>>;

/**
 * Reads the reply of the chart of a symbol of Tokyo.
 *
 * @param what names it in the messages
 * @param ticker the symbol that was asked for, `7203.T`
 * @throws DayTradeError `data.provider-reply-invalid` for a reply of another form, symbol, currency or bar length
 */
export function readChart(
  body: unknown,
  { what, ticker }: { readonly what: string; readonly ticker: string },
): YahooChart {
  const results = objectAt(body, 'chart', what).result;
  const [result] = Array.isArray(results) ? (results as readonly unknown[]) : [];
  if (!isObject(result)) throw invalid(what, 'expected an object with an array "result" of one object in "chart"');
  const meta = objectAt(result, 'meta', what);
  for (const [name, expected] of Object.entries({ symbol: ticker, currency: 'JPY', dataGranularity: '1d' })) {
    if (meta[name] === expected) continue;
    throw invalid(what, `${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(meta[name])}`);
  }
  const timestamps = arrayAt(result, 'timestamp', what);
  const quotes = arrayAt(objectAt(result, 'indicators', what), 'quote', what);
  const quote = isObject(quotes[0]) ? quotes[0] : {};
  const columns = Object.fromEntries(chartColumns.map((name) => [name, arrayAt(quote, name, what)]));
  const wrong = chartColumns.find((name) => ![0, timestamps.length].includes(columns[name]!.length));
  if (wrong !== undefined) throw invalid(what, `${wrong}: expected as many values as timestamps`);
  const events = isObject(result.events) ? result.events : {};
  return {
    timestamps,
    columns: columns as YahooChart['columns'],
    splits: eventsIn(events.splits),
    dividends: eventsIn(events.dividends),
    names: [meta.longName, meta.shortName].filter((name) => typeof name === 'string'),
  };
}

function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(parent: unknown, name: string, what: string): WireObject {
  const found = isObject(parent) ? parent[name] : undefined;
  if (isObject(found)) return found;
  throw invalid(what, `expected an object with an object "${name}"`);
}

/** An array that is absent is empty: Yahoo leaves out what it does not have. */
function arrayAt(parent: WireObject, name: string, what: string): readonly unknown[] {
  const found = parent[name] ?? [];
  if (Array.isArray(found)) return found;
  throw invalid(what, `${name}: expected an array`);
}

/** Events stand in an object by their instant. */
function eventsIn(events: unknown): readonly WireEvent[] {
  return isObject(events) ? Object.values(events).filter(isObject) : [];
}

/** A split or a reverse split: what prices before its day are multiplied by. */
interface Split {
  readonly date: TradeDate;
  readonly value: number;
}

/** The splits of a chart, oldest first. */
export function splitsIn({ splits }: Pick<YahooChart, 'splits'>): readonly Split[] {
  return splits
    .flatMap((event) => {
      const date = dayOf(event);
      const value = Number(event.denominator) / Number(event.numerator);
      return date !== undefined && value > 0 && Number.isFinite(value) && value !== 1 ? [{ date, value }] : [];
    })
    .toSorted((one, other) => (one.date < other.date ? -1 : 1));
}

/** Returns the product of all splits after a day. */
export function laterSplits(splits: readonly Split[], day: TradeDate): number {
  return splits.reduce((product, { date, value }) => (date > day ? product * value : product), 1);
}

/**
 * Splits and dividends as dated factors. Yahoo divides a dividend by the splits after its ex-day, though not by one of
 * the same day; in Japan such a dividend is one of the shares before the split, which has the same record date. A
 * factor has the dividend in the prices of its ex-day. When it was published is not said: it counts as known that day.
 */
export function factorsIn(chart: Pick<YahooChart, 'splits' | 'dividends'>): readonly PriceFactor[] {
  const splits = splitsIn(chart);
  const dividends = chart.dividends.flatMap((event) => {
    const date = dayOf(event);
    if (date === undefined || typeof event.amount !== 'number' || !(event.amount > 0)) return [];
    const ofTheDay = splits.reduce((product, split) => (split.date === date ? product * split.value : product), 1);
    return [factor('dividend', date, (event.amount * ofTheDay) / laterSplits(splits, date))];
  });
  return [...splits.map(({ date, value }) => factor('split', date, value)), ...dividends];
}

function factor(kind: PriceFactor['kind'], date: TradeDate, value: number): PriceFactor {
  return { date, kind, value, knownOn: date, source: 'yahoo' };
}

function dayOf({ date }: WireEvent): TradeDate | undefined {
  return typeof date === 'number' && Number.isSafeInteger(1000 * date) ? japanDate(1000 * date) : undefined;
}
