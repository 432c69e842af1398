import { describe, expect, it } from 'vitest';
import { normalDistribution, normalQuantile } from './random.ts';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [3, 0.9986501019683699],
    [7, 0.99999999999872],
  ])('at %f is %f', (x, share) => {
    expect(normalDistribution(x)).toBeCloseTo(share, 14);
  });

  it('has its quantiles', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(normalDistribution(-2.5))).toBeCloseTo(-2.5, 9);
  });
});
