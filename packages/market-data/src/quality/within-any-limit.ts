/** From and up to these closes, every daily limit is wider than an eighth of the close. */
const from = 10;
const upTo = 50_000_000;
/** Less than that, with room for rounding to ticks. */
const share = 0.1;

/**
 * True for prices so near to a close that no daily limit can lie between. Nearly every row is that near, and the limits
 * themselves take far longer to find.
 */
export function isWithinAnyLimit(close: number, low: number, high: number): boolean {
  return close >= from && close <= upTo && low >= close * (1 - share) && high <= close * (1 + share);
}
