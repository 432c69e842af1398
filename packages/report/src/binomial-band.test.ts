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

  it('stays finite where the powers underflow', () => {
    const { low, high } = binomialBand(240_000, 0.93);
    expect(low).toBeGreaterThan(0.9285);
    expect(low).toBeLessThan(0.93);
    expect(high).toBeGreaterThan(0.93);
    expect(high).toBeLessThan(0.9315);
  });
});
