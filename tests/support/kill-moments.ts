import { seededRandom } from '@daytrade/series';

/** At how many moments each command is killed: few in continuous integration, more by the environment. */
export const moments = Number(process.env.DAYTRADE_TEST_KILLS ?? 2);

/** Shares of an undisturbed run at which to kill; one in each of as many equal parts of it. */
export function randomShares(seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: moments }, (_, index) => Math.round((1000 * (index + random())) / moments) / 1000);
}
