import { DayTradeError } from '@daytrade/errors';
import { type DayNumber, dateOfDayNumber } from '@daytrade/market';
import { type BarColumns, mapBars } from './panel.ts';

/** A split or a dividend of one symbol. */
export interface PriceChange {
  /** The first session of the new prices: the ex-day. */
  readonly day: DayNumber;
  /** When it was published. */
  readonly knownOn: DayNumber;
  readonly kind: 'split' | 'dividend';
  /** Splits: the factor on earlier prices, 0.2 for five shares for one. Dividends: yen a share. */
  readonly value: number;
  /** The source: a dividend is in the prices of its source, which its splits may have adjusted. */
  readonly source?: string | undefined;
}

/** Factors on the prices and volumes before a day. */
interface Step {
  readonly day: DayNumber;
  readonly prices: number;
  readonly shares: number;
}

/**
 * Traded bars up to a day, adjusted for the splits and dividends that were known on that day and had come by then. The
 * newest prices are as they were traded. Later data have no effect, so labels and features made from these prices know
 * only the past.
 *
 * A dividend lowers all earlier prices by the factor `1 − yen ÷ close` with the close before its ex-day, as CRSP
 * adjusts (https://www.crsp.org/products/documentation/crsp-calculations). The return over the ex-day is that of a
 * holder. If it was published several times, the newest publication up to the day counts.
 *
 * @example
 * const { close } = pricesAsOf(bars, changes, dayNumber(date));
 *
 * @throws DayTradeError `input.invalid` for a dividend that is not below the close before its ex-day, and for a split
 * by zero or less
 */
export function pricesAsOf(bars: BarColumns, changes: readonly PriceChange[], asOf: DayNumber): BarColumns {
  const end = bars.days.findIndex((day) => day > asOf);
  const rows = end < 0 ? bars.days.length : end;
  const known = { days: bars.days.slice(0, rows), ...mapBars(bars, (column) => column.slice(0, rows)) };
  const steps = newestWords(changes, asOf).map((change) => stepOf(change, known));
  const newestFirst = steps.toSorted((one, other) => other.day - one.day);
  let [next, prices, shares] = [0, 1, 1];
  for (let row = known.days.length - 1; row >= 0; row -= 1) {
    for (; next < newestFirst.length && newestFirst[next]!.day > known.days[row]!; next += 1) {
      prices *= newestFirst[next]!.prices;
      shares *= newestFirst[next]!.shares;
    }
    for (const column of [known.open, known.high, known.low, known.close]) column[row]! *= prices;
    known.volume[row]! *= shares;
  }
  return known;
}

/** Returns the changes effective by a day, each as published then. */
function newestWords(changes: readonly PriceChange[], asOf: DayNumber): readonly PriceChange[] {
  const newest = new Map<string, PriceChange>();
  for (const change of changes) {
    const { day, kind, knownOn } = change;
    if (day > asOf || knownOn > asOf) continue;
    const earlier = newest.get(`${kind} ${day}`);
    if (earlier === undefined || earlier.knownOn <= knownOn) newest.set(`${kind} ${day}`, change);
  }
  return [...newest.values()];
}

function stepOf({ day, kind, value }: PriceChange, bars: BarColumns): Step {
  if (kind === 'split') {
    if (value > 0) return { day, prices: value, shares: 1 / value };
    throw impossible(`a split by ${value}`, day);
  }
  const before = bars.days.findLastIndex((other) => other < day);
  // Without an earlier price there is nothing that the dividend was taken from.
  if (before < 0) return { day, prices: 1, shares: 1 };
  const close = bars.close[before]!;
  if (value < close) return { day, prices: 1 - value / close, shares: 1 };
  throw impossible(`a dividend of ${value} yen after a close of ${close}`, day);
}

function impossible(what: string, day: DayNumber): DayTradeError {
  const date = dateOfDayNumber(day);
  return new DayTradeError('input.invalid', `${date}: ${what} cannot be`, { details: { field: 'changes', date } });
}
