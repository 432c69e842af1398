import type { RandomSource } from './seeded-random.ts';

/** Neighbouring days that are drawn together. */
const blockDays = 10;

/**
 * Draws as many days as there are, in circular blocks of 10 (Politis & Romano 1992): neighbouring days are alike, so
 * single ones drawn at random would show less chance than there is.
 */
export function resampleBlocks(days: number, random: RandomSource, take: (day: number) => void): void {
  for (let filled = 0; filled < days; filled += blockDays) {
    const start = Math.floor(random() * days);
    const length = Math.min(blockDays, days - filled);
    for (let i = 0; i < length; i += 1) take((start + i) % days);
  }
}
