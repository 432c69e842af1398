import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisPoints, bytes, decimal, percent, priceDecimals, signedPercent, signedYen, yen } from './format.ts';

describe('yen', () => {
  it('separates thousands and shows a decimal only where the tick has one', () => {
    expect(yen(3025)).toBe('3,025');
    expect(yen(742.3)).toBe('742.3');
    expect(yen(1_234_567.5)).toBe('1,234,567.5');
  });

  it('never loses a price on the grid of 0.1 yen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (tenths) => {
        expect(Number(yen(tenths / 10).replaceAll(',', ''))).toBe(tenths / 10);
      }),
    );
  });

  it('has a sign where it was gained or lost, and none where neither is shown', () => {
    expect([1_234_567, -12_000, 0.4, -0.4].map(signedYen)).toEqual(['+1,234,567', '−12,000', '0', '0']);
  });

  it('shows a dash where there is no price', () => {
    expect(yen(null)).toBe('–');
  });
});

describe('prices that are read together', () => {
  it('have one number of decimals, that of the price that needs most', () => {
    const mixed = [1262, 1297.6, null];
    expect(mixed.map((price) => yen(price, priceDecimals(mixed)))).toEqual(['1,262.0', '1,297.6', '–']);
    const whole = [3025, null, 3030.04];
    expect(whole.map((price) => yen(price, priceDecimals(whole)))).toEqual(['3,025', '–', '3,030']);
  });
});

describe('shares', () => {
  it('are percent with a real minus sign', () => {
    expect(percent(0.9312)).toBe('93.1 %');
    expect(percent(-0.012)).toBe('−1.2 %');
    expect(percent(0.93, 0)).toBe('93 %');
  });

  it('have their sign where the direction matters, and none when they round to nothing', () => {
    expect(signedPercent(0.031)).toBe('+3.1 %');
    expect(signedPercent(-0.031)).toBe('−3.1 %');
    expect(signedPercent(-0.00001)).toBe('0 %');
  });
});

describe('other figures', () => {
  it('are whole basis points, fixed decimals, readable sizes', () => {
    expect(basisPoints(1052.4)).toBe('1,052');
    expect(decimal(-0.0213, 3)).toBe('−0.021');
    expect(bytes(3_412_345)).toBe('3.4 MB');
    expect(bytes(120)).toBe('1 kB');
  });
});
