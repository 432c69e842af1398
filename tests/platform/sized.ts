/** Everything in full, for whoever has the time; continuous integration has not. */
const isWhole = process.env.DAYTRADE_TEST_PLATFORM === 'all';

/**
 * How large a test is: as large as the fault needs that it finds; with `DAYTRADE_TEST_PLATFORM=all` as large as what it
 * says something about.
 */
export function sized({ enough, whole }: { readonly enough: number; readonly whole: number }): number {
  return isWhole ? whole : enough;
}
