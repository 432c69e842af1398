import type { PriceFactor } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, priceLimitBand } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import type { JudgedBasis } from './price-basis.ts';
import { type Fault, singlePrecision } from './row-rules.ts';

/** The last good close of an earlier session. */
export interface PreviousClose {
  readonly day: number;
  /** Position of its session, see `sessionIndex`. */
  readonly session: number;
  readonly close: number;
}

/**
 * Sessions after which a close says nothing about prices any more: no limit is checked, and the gap is warned about.
 */
const longestGap = 5;

/**
 * A close in the prices of a later day: the exchange sets its limits around it after a split, though not after a
 * dividend.
 */
export function afterSplits(previous: PreviousClose, day: number, factors: readonly PriceFactor[] = []): PreviousClose {
  const between = factors.filter(
    ({ kind, date }) => kind === 'split' && dayNumber(date) > previous.day && dayNumber(date) <= day,
  );
  return { ...previous, close: between.reduce((close, { value }) => close * value, previous.close) };
}

/** A warning when more than five sessions lie between a row and the good one before it. */
export function gapFault(previous: PreviousClose, day: number, session: number): Fault | undefined {
  const missing = session - previous.session - 1;
  if (missing <= longestGap) return undefined;
  const message =
    `${missing} sessions are missing between ${dateOfDayNumber(previous.day)} and ` + `${dateOfDayNumber(day)}`;
  return { reason: 'sessions-missing', message };
}

/**
 * A fault when a row's prices lie beyond the daily limits around an earlier close. Over n sessions a price may move by
 * n limits, so the band is widened a session at a time, up to six; with more in between nothing is said. Where nothing
 * shows whether prices were adjusted, it is one band wider: that of the price that was traded may be wider than that of
 * an adjusted one, and a real crash is not to be lost.
 */
export function limitFault(
  rows: SourceRows,
  index: number,
  previous: PreviousClose,
  session: number,
  { basis, known }: JudgedBasis,
): Fault | undefined {
  const elapsed = session - previous.session;
  if (elapsed > longestGap + 1) return undefined;
  let { lower, upper } = priceLimitBand(previous.close, rows.master.tickTable);
  for (let day = known ? 1 : 0; day < elapsed; day += 1) {
    lower = priceLimitBand(lower, rows.master.tickTable).lower;
    upper = priceLimitBand(upper, rows.master.tickTable).upper;
  }
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  if (low >= lower * (1 - singlePrecision) && high <= upper * (1 + singlePrecision)) return undefined;
  const base = `the close of ${previous.close} on ${dateOfDayNumber(previous.day)}`;
  const sessions = elapsed === 1 ? '' : ` over ${elapsed} sessions`;
  const found = `found low ${low}, high ${high}`;
  // The exchange sets its limits around the price of the day, which an adjusted close is not.
  const message =
    basis === 'traded'
      ? `the daily limits allow ${lower} to ${upper} yen after ${base}${sessions}, ${found}`
      : `further from ${base} than the daily limits would allow a price of that size${sessions}, ${found}; ` +
        `the prices are ${basis}, so this is derived, not a limit of that day`;
  return { reason: 'limit-exceeded', message };
}
