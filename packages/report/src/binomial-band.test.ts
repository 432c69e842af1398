import { describe, expect, it } from 'vitest';
import { binomialBand } from './binomial-band.ts';

describe('binomialBand', () => {
  // By summing the distribution upwards in Python: lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) and so on.
  it.each([
    [1, 0, 1],
    [20, 16, 20],
    [40, 34, 40],
    [225, 201, 216],
    [2_500, 2_300, 2_350],
  ])('of %i trials at 93 % is from %i to %i', (trials, low, high) => {
    const band = binomialBand(trials, 0.93);
    expect([band.low * trials, band.high * trials].map(Math.round)).toEqual([low, high]);
  });

  // By summing the distribution upwards in Python, in exact fractions.
  it.each([
    [1, 0.01, 0, 0],
    // The distribution function of 0 successes is exactly 97.5 %, then 2.5 %.
    [1, 0.025, 0, 0],
    [1, 0.026, 0, 1],
    [1, 0.975, 0, 1],
    [1, 0.976, 1, 1],
    [6, 0.5, 1, 5],
    [10, 0.001, 0, 0],
    [100, 0.01, 0, 3],
    [100, 0.5, 40, 60],
    [250, 0.2, 38, 63],
    [20, 0.999, 20, 20],
  ])('of %i trials at %f is from %i to %i', (trials, share, low, high) => {
    expect(binomialBand(trials, share)).toEqual({ low: low / trials, high: high / trials });
  });

  it('stays finite where the powers underflow', () => {
    const { low, high } = binomialBand(240_000, 0.93);
    expect(low).toBeGreaterThan(0.9285);
    expect(low).toBeLessThan(0.93);
    expect(high).toBeGreaterThan(0.93);
    expect(high).toBeLessThan(0.9315);
  });
});
