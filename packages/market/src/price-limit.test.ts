import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyPriceLimit, priceLimitBand } from './price-limit.ts';
import { isOnTick } from './tick-size.ts';

describe('dailyPriceLimit', () => {
  it.each([
    [0.1, 30],
    [99.9, 30],
    [100, 50],
    [199.9, 50],
    [200, 80],
    [500, 100],
    [700, 150],
    [1_000, 300],
    [1_500, 400],
    [3_000, 700],
    [7_000, 1_500],
    [15_000, 4_000],
    [30_000, 7_000],
    [70_000, 15_000],
    [1_000_000, 300_000],
    [30_000_000, 7_000_000],
    [50_000_000, 10_000_000],
  ])('from %f yen is %i', (base, limit) => {
    expect(dailyPriceLimit(base)).toBe(limit);
  });

  it.each([0, -5, Number.NaN])('refuses the base %d', (base) => {
    expect(() => dailyPriceLimit(base)).toThrow(expect.objectContaining({ code: 'market.price-invalid' }));
  });
});

describe('priceLimitBand', () => {
  it('is the base and the limit on both sides, free of float noise', () => {
    expect(priceLimitBand(1_234)).toEqual({ lower: 934, upper: 1_534 });
    expect(priceLimitBand(123.4)).toEqual({ lower: 73.4, upper: 173.4 });
  });

  it('ends at 1 yen below', () => {
    expect(priceLimitBand(20)).toEqual({ lower: 1, upper: 50 });
    expect(priceLimitBand(0.5)).toEqual({ lower: 0.5, upper: 30.5 });
    expect(priceLimitBand(0.5, 'standard')).toEqual({ lower: 0.5, upper: 31 });
    expect(priceLimitBand(31)).toEqual({ lower: 1, upper: 61 });
    expect(priceLimitBand(32)).toEqual({ lower: 2, upper: 62 });
  });

  it('is wider by a number of ordinary limits', () => {
    expect(priceLimitBand(1_234, undefined, 2)).toEqual({ lower: 634, upper: 1_834 });
    expect(priceLimitBand(1_000, 'standard', 4)).toEqual({ lower: 1, upper: 2_200 });
  });

  it('is moved outward to prices that exist when the table is given', () => {
    expect(priceLimitBand(2_991, 'standard')).toEqual({ lower: 2_491, upper: 3_495 });
    expect(priceLimitBand(2_991, 'topix500')).toEqual({ lower: 2_491, upper: 3_491 });
  });

  it('contains its base, and its bounds on a table are prices of the table', () => {
    const bases = fc.oneof(
      fc.double({ min: 1, max: 20_000, noNaN: true }),
      fc.double({ min: 1, max: 9e7, noNaN: true }),
    );
    fc.assert(
      fc.property(bases, fc.constantFrom('topix500', 'standard'), (base, table) => {
        const exact = priceLimitBand(base);
        const onGrid = priceLimitBand(base, table);
        expect(exact.lower).toBeLessThanOrEqual(base);
        expect(exact.upper).toBeGreaterThan(base);
        expect(onGrid.lower).toBeLessThanOrEqual(exact.lower);
        expect(onGrid.upper).toBeGreaterThanOrEqual(exact.upper);
        expect(isOnTick(onGrid.lower, table) && isOnTick(onGrid.upper, table)).toBe(true);
      }),
    );
  });
});
