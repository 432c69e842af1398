/** Range of a day that 5-minute bars repeat to this log difference has its high and its low in them. */
const sameRange = 5e-4;

/** Log difference of the opening prices from which on the basis has changed: files may lack the opening auction. */
const changedBasis = 0.007;

/** A day's prices by either kind of bars. */
export interface DayRange {
  readonly high: number;
  readonly low: number;
}

/**
 * What the 5-minute prices of one symbol are multiplied by to be in the basis of its daily ones, from finished sessions
 * and the opening price: 1 where both are as traded.
 */
export class SessionBasis {
  #newest = NaN;

  /**
   * The factor within a session.
   *
   * @param ofOpen the daily opening price divided by that of the 5-minute bars, which stands in until a finished day
   *   has shown the factor, and where it has changed since
   */
  within(ofOpen: number): number {
    return Math.abs(Math.log(ofOpen / this.#newest)) <= changedBasis ? this.#newest : ofOpen;
  }

  /** Takes a finished session: where both kinds of bars have the same range, their quotient is the factor. */
  observe(daily: DayRange, fiveMinutes: DayRange): void {
    const ofHigh = daily.high / fiveMinutes.high;
    const ofLow = daily.low / fiveMinutes.low;
    if (Math.abs(Math.log(ofHigh / ofLow)) <= sameRange) this.#newest = Math.sqrt(ofHigh * ofLow);
  }
}
