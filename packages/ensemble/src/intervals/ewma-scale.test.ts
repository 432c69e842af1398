import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BaselineIntervals, ewmaScale } from './ewma-scale.ts';

describe('EWMA scale', () => {
  it('starts as the root mean square of 20 returns and decays by 0.94 from there', () => {
    const label = new Float64Array(24).fill(0.01);
    label[20] = 0.03;
    label[21] = NaN;
    const scale = ewmaScale(label, 1);
    expect(scale.subarray(0, 20)).toEqual(new Float64Array(20).fill(NaN));
    expect(scale[20]).toBeCloseTo(0.01, 12);
    expect(scale[21]).toBeCloseTo(Math.sqrt(0.94 * 1e-4 + 0.06 * 9e-4), 12);
    expect(scale[22]).toBe(scale[21]);
  });

  it('knows nothing of its own row or later ones', () => {
    const returns = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(returns, fc.integer({ min: 0, max: 29 }), (values, t) => {
        const changed = values.map((value, row) => (row >= 2 * t ? value + 1 : value));
        const before = ewmaScale(Float64Array.from(values), 2).subarray(0, 2 * t + 2);
        expect(ewmaScale(Float64Array.from(changed), 2).subarray(0, 2 * t + 2)).toEqual(before);
      }),
    );
  });

  it('never falls below 1 bp', () => {
    expect(ewmaScale(new Float64Array(30), 1)[29]).toBe(1e-4);
  });
});

describe('the baselines of a symbol', () => {
  it('are normal quantiles of all of its returns, and those of the newest 250 themselves', () => {
    const baselines = new BaselineIntervals();
    const returns = Array.from({ length: 300 }, (_, i) => (i < 50 ? 5 : (i - 50) / 249));
    for (const value of returns) baselines.observe(value);
    const half = 1.8119106729525978 * Math.sqrt(returns.reduce((sum, value) => sum + value ** 2, 0) / 300);
    expect(baselines.randomWalk()).toEqual({ low: expect.closeTo(-half, 12), high: expect.closeTo(half, 12) });
    expect(baselines.rollingQuantile()).toEqual({ low: expect.closeTo(0.035, 12), high: expect.closeTo(0.965, 12) });
  });
});
