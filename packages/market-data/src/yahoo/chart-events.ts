import type { PriceFactor } from '@daytrade/contracts';
import { japanDate, type TradeDate } from '@daytrade/market';
import type { WireEvent, YahooChart } from './chart.ts';

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

/**
 * What all splits after a day multiply its prices by. Yahoo's prices have been multiplied by it, and its volumes
 * divided.
 */
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
