/** Numbers in [0, 1) from a seed: the same seed gives the same sequence. */
export type RandomSource = () => number;

/** Mulberry32 (T. Ettinger, public domain): 32 bits of state, enough for resampling days. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for a part of a run, from the run's seed and the part's place: no two parts share a sequence. */
export function deriveSeed(seed: number, ...place: readonly number[]): number {
  let hash = (seed ^ 0x9e3779b9) >>> 0;
  for (const part of place) {
    hash = Math.imul(hash ^ (part + 0x7f4a7c15), 0x85ebca6b) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
    hash = (hash ^ (hash >>> 16)) >>> 0;
  }
  return hash;
}

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

/** The distribution function of the standard normal distribution, to 1e-15: a series, beyond 6 a continued fraction. */
export function normalDistribution(x: number): number {
  if (x < 0) return 1 - normalDistribution(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 6) {
    let fraction = x;
    for (let k = 40; k >= 1; k -= 1) fraction = x + k / fraction;
    return 1 - density / fraction;
  }
  let [term, sum] = [x, x];
  for (let k = 1; Math.abs(term) > 1e-17; k += 1) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** The value below which a share of the standard normal distribution lies, by bisection of the above. */
export function normalQuantile(share: number): number {
  let [low, high] = [-40, 40];
  for (let i = 0; i < 80; i += 1) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
