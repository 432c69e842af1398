/** Log difference of one price in both kinds of bars that rounding may leave. */
const rounding = 5e-4;

/** Log change of the factor that one session is enough to show: a split of 1 to 1.1 is one of 0.095. */
const ofSplit = 0.09;

/** High, low and close of a session by one kind of bars; NaN where it has none. */
export interface DayPrices {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One finished session of a symbol by both kinds of bars. */
export interface FinishedSession {
  readonly daily: DayPrices;
  readonly fiveMinutes: DayPrices;
}

/** Successive sessions that one factor explains, with its bounds and the first quotient of the closes, as logs. */
interface Stretch {
  readonly from: number;
  readonly ofClose: number;
  sessions: number;
  lower: number;
  upper: number;
}

/**
 * Returns by session what 5-minute prices of a symbol are multiplied by to be in the basis of its daily ones: 1 where
 * both are as traded.
 *
 * 5-minute bars may lack the auctions, so their range lies within that of the day. The quotient of the highs is at
 * least the factor, that of the lows at most. A new factor needs the size of a split or a second session that agrees,
 * as after an ex-day of adjusted prices.
 *
 * @param sessions in time order
 */
export function sessionBasis(sessions: readonly FinishedSession[]): Float64Array {
  const factors = new Float64Array(sessions.length).fill(1);
  let log = 0;
  for (const [i, stretch] of stretches(sessions).entries()) {
    log = logFactor(stretch, log);
    factors.fill(Math.exp(log), i === 0 ? 0 : stretch.from);
  }
  return factors;
}

function stretches(sessions: readonly FinishedSession[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [from, { daily, fiveMinutes }] of sessions.entries()) {
    const lower = Math.log(daily.low / fiveMinutes.low);
    const upper = Math.log(daily.high / fiveMinutes.high);
    // Without one kind of bars, or with a defective price, a session shows nothing.
    if (!(lower <= upper + rounding)) continue;
    const last = found.at(-1);
    const [least, most] = [Math.max(lower, last?.lower ?? lower), Math.min(upper, last?.upper ?? upper)];
    if (last !== undefined && least <= most + rounding) {
      last.lower = least;
      last.upper = most;
      last.sessions += 1;
    } else {
      found.push({ from, sessions: 1, lower, upper, ofClose: Math.log(daily.close / fiveMinutes.close) });
    }
  }
  return found;
}

/** @param before the factor of the sessions before */
function logFactor({ sessions, lower, upper, ofClose }: Stretch, before: number): number {
  if (lower <= rounding && upper >= -rounding) return 0;
  const shown = Math.min(upper, Math.max(lower, ofClose));
  return sessions > 1 || Math.abs(shown - before) >= ofSplit ? shown : before;
}
