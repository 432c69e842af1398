import { expectationOf, type PriceFactor } from '@daytrade/contracts';
import { compareText, japanDate, type TradeDate } from '@daytrade/market';
import { z } from 'zod';
import { invalid } from '../network/requests.ts';

export const chartColumns = ['open', 'high', 'low', 'close', 'volume'] as const;

/** A column that is absent is empty: Yahoo leaves out what it does not have. */
const column = z.array(z.unknown()).default([]);
const quoteSchema = z.object({ open: column, high: column, low: column, close: column, volume: column });
const eventsSchema = z.record(z.string(), z.record(z.string(), z.unknown())).default({});
const resultSchema = z.object({
  meta: z.record(z.string(), z.unknown()),
  /** Seconds since 1970 UTC. */
  timestamp: column,
  indicators: z.object({ quote: z.array(quoteSchema) }),
  events: z.object({ splits: eventsSchema, dividends: eventsSchema }).default({ splits: {}, dividends: {} }),
});
const replySchema = z.object({ chart: z.object({ result: z.tuple([resultSchema]) }) });

/** The reply for one symbol: columns of one length or empty, of whose values nothing is believed yet. */
export interface YahooChart {
  /** Seconds since 1970 UTC. */
  readonly timestamps: readonly unknown[];
  readonly columns: z.infer<typeof quoteSchema>;
  readonly splits: readonly WireEvent[];
  readonly dividends: readonly WireEvent[];
  /** Names as Yahoo has them, the long one first. */
  readonly names: readonly string[];
}

type WireEvent = Readonly<Record<string, unknown>>;

/**
 * Reads the reply of the chart of a symbol of Tokyo.
 *
 * @param ticker the symbol that was asked for, `7203.T`
 * @throws DayTradeError `data.provider-reply-invalid` for a reply of another form, symbol, currency or bar length
 */
export function readChart(
  body: unknown,
  { what, ticker }: { readonly what: string; readonly ticker: string },
): YahooChart {
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(what, `${['reply', ...issue!.path].join('.')}: ${expectationOf(issue!)}`);
  }
  const [{ meta, timestamp: timestamps, indicators, events }] = parsed.data.chart.result;
  for (const [name, expected] of Object.entries({ symbol: ticker, currency: 'JPY', dataGranularity: '1d' })) {
    if (meta[name] === expected) continue;
    throw invalid(what, `${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(meta[name])}`);
  }
  const [columns = quoteSchema.parse({})] = indicators.quote;
  const wrong = chartColumns.find((name) => ![0, timestamps.length].includes(columns[name].length));
  if (wrong !== undefined) throw invalid(what, `${wrong}: expected as many values as timestamps`);
  return {
    timestamps,
    columns,
    splits: Object.values(events.splits),
    dividends: Object.values(events.dividends),
    names: [meta.longName, meta.shortName].filter((name) => typeof name === 'string'),
  };
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
    .toSorted((one, other) => compareText(one.date, other.date));
}

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
