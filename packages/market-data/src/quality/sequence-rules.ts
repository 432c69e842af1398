import type { PriceFactor } from '@daytrade/contracts';
import {
  dateOfDayNumber,
  dayNumber,
  isWidened,
  type LimitRuns,
  priceLimitBand,
  runsAfter,
  runsFrom,
  type SessionPrices,
  sessionLimits,
  type TickTable,
} from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import type { JudgedBasis } from './price-basis.ts';
import { type Fault, isWithinAnyLimit, singlePrecision } from './row-rules.ts';
import { dayOfSession } from './session-index.ts';

/** The last good close of an earlier session. */
export interface PreviousClose {
  readonly day: number;
  /** Position of its session, see `sessionIndex`. */
  readonly session: number;
  readonly close: number;
  /** Sessions at the limit, which widen the next limits; undefined where the close alone decides. */
  readonly runs: LimitRuns | undefined;
  /** Positions of later sessions whose rows were kept out and had a volume: the stock was traded there. */
  readonly refused: ReadonlySet<number>;
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
  if (factors.length === 0) return previous;
  const between = factors.filter(
    ({ kind, date }) => kind === 'split' && dayNumber(date) > previous.day && dayNumber(date) <= day,
  );
  if (between.length === 0) return previous;
  const close = between.reduce((price, { value }) => price * value, previous.close);
  return { ...previous, close, runs: undefined };
}

/** A warning when more than five sessions lie between a row and the good one before it. */
export function gapFault(previous: PreviousClose, day: number, session: number): Fault | undefined {
  const missing = session - previous.session - 1;
  if (missing <= longestGap) return undefined;
  const message =
    `${missing} sessions are missing between ${dateOfDayNumber(previous.day)} and ` + `${dateOfDayNumber(day)}`;
  return { reason: 'sessions-missing', message };
}

/** Returns the sessions at the limit after a row; undefined where its close alone decides. */
export function runsAfterRow(
  previous: PreviousClose | undefined,
  session: number,
  prices: SessionPrices,
  table: TickTable,
): LimitRuns | undefined {
  const isFlat = prices.low === prices.high;
  if (!isFlat || previous === undefined || isFar(previous, session)) return undefined;
  return runsAfter(runsBefore(previous, session, table), dayOfSession(session), prices, table);
}

/**
 * Returns a fault where prices lie beyond the limits of the session, as the exchange sets them after an earlier close.
 * Over sessions without a trade a price may move by the limits of each, the last ones widened. After more than five
 * nothing is checked. If the price basis is unknown, limits are one band wider, since a traded price may have wider
 * limits than an adjusted one.
 */
export function limitFault(
  rows: SourceRows,
  index: number,
  previous: PreviousClose,
  session: number,
  { basis, known }: JudgedBasis,
): Fault | undefined {
  if (isFar(previous, session)) return undefined;
  // Sessions without a trade in between only widen the limits.
  if (isWithinAnyLimit(previous.close, rows.low[index]!, rows.high[index]!)) return undefined;
  const { tickTable } = rows.master;
  const day = dayOfSession(session);
  const runs = runsBefore(previous, session, tickTable);
  let { lower, upper } = sessionLimits(runs, day, tickTable);
  if (!known) {
    lower = priceLimitBand(lower, tickTable).lower;
    upper = priceLimitBand(upper, tickTable).upper;
  }
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  if (low >= lower * (1 - singlePrecision) && high <= upper * (1 + singlePrecision)) return undefined;
  const elapsed = session - previous.session;
  const base = `the close of ${previous.close} on ${dateOfDayNumber(previous.day)}`;
  const sessions = elapsed === 1 ? '' : ` over ${elapsed} sessions`;
  const widened = isWidened(runs, day) ? ', widened after sessions at the limit' : '';
  const found = `found low ${low}, high ${high}`;
  // The exchange sets its limits around the price of the day, which an adjusted close is not.
  const message =
    basis === 'traded'
      ? `the daily limits allow ${lower} to ${upper} yen after ${base}${sessions}${widened}, ${found}`
      : `further from ${base} than the daily limits would allow a price of that size${sessions}${widened}, ${found}; ` +
        `the prices are ${basis}, so this is derived, not a limit of that day`;
  return { reason: 'limit-exceeded', message };
}

/**
 * The runs before a session: those after an earlier close and the sessions without a trade since then. A session whose
 * row was kept out had trades, so that it widens nothing.
 */
function runsBefore(
  { close, runs: first = runsFrom(close), session: from, refused }: PreviousClose,
  to: number,
  table: TickTable,
): LimitRuns {
  let runs = first;
  for (let session = from + 1; session < to; session += 1) {
    const { down, up } = runsAfter(runs, dayOfSession(session), undefined, table);
    runs = refused.has(session) ? { down: { ...down, sessions: 0 }, up: { ...up, sessions: 0 } } : { down, up };
  }
  return runs;
}

function isFar(previous: PreviousClose, session: number): boolean {
  return session - previous.session > longestGap + 1;
}
