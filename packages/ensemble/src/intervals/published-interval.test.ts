import { isOnTick, priceLimitBand, type TickTable } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PossiblePrices, priceAfter, publishInterval } from './published-interval.ts';

const tables = fc.constantFrom('topix500' as const, 'standard' as const);

function traded(close: number, tickTable: TickTable): PossiblePrices {
  return { tickTable, priceBasis: 'traded', band: priceLimitBand(close, tickTable), dividend: 0 };
}

function adjusted(close: number): PossiblePrices {
  return { tickTable: 'standard', priceBasis: 'fully-adjusted', band: priceLimitBand(close), dividend: 0 };
}

describe('published interval', () => {
  it('rounds outward to the tick', () => {
    // 1,000 * exp(-0.0333) = 967.25 and 1,000 * exp(0.0333) = 1,033.86; ticks of 0.1 up to 1,000 yen, of 0.5 above.
    expect(publishInterval(1000, -0.0333, 0.0333, traded(1000, 'topix500'))).toEqual({ lower: 967.2, upper: 1034 });
    expect(publishInterval(1000, -0.0333, 0.0333, traded(1000, 'standard'))).toEqual({ lower: 967, upper: 1034 });
  });

  it('is the whole price-limit band for an infinite half-width', () => {
    const band = { lower: 700, upper: 1300 };
    expect(publishInterval(1000, -Infinity, Infinity, traded(1000, 'standard'))).toEqual(band);
    expect(publishInterval(1000, -Infinity, Infinity, adjusted(1000))).toEqual(band);
  });

  it('reaches as far as widened limits let it', () => {
    const widened = { ...traded(550, 'standard'), band: { lower: 150, upper: 650 } };
    expect(publishInterval(550, -1, 1, widened)).toEqual({ lower: 202, upper: 650 });
  });

  it('lies lower by the expected dividend on an ex-day, inside the limits of the close with it', () => {
    const exDay = { ...traded(1000, 'standard'), dividend: 30 };
    // 967.25 - 30 and 1,033.86 - 30.
    expect(publishInterval(1000, -0.0333, 0.0333, exDay)).toEqual({ lower: 937, upper: 1004 });
    expect(publishInterval(1000, -0.4, 0.4, exDay)).toEqual({ lower: 700, upper: 1300 });
    expect(publishInterval(1000, -0.0333, 0.0333, { ...adjusted(1000), dividend: 30 })).toEqual({
      lower: 937.24,
      upper: 1003.9,
    });
  });

  it('has no tick and no limit in adjusted prices, only five digits', () => {
    // 1,000 * exp(-0.0333) = 967.248 and 1,000 * exp(0.5) = 1,648.72.
    expect(publishInterval(1000, -0.0333, 0.5, adjusted(1000))).toEqual({ lower: 967.24, upper: 1648.8 });
    expect(publishInterval(123_456, Math.log(123_450 / 123_456), 0, adjusted(123_456))).toEqual({
      lower: 123_450,
      upper: 123_460,
    });
  });

  it.each([
    [100, 110, 100, 110],
    [99.9994, 109.9996, 99.999, 110],
    [0.123_451, 0.123_459, 0.123_45, 0.123_46],
    [1_234_551, 1_234_551, 1_234_500, 1_234_600],
    [99_999.9, 100_000.1, 99_999, 100_010],
    // A millionth of the last digit is rounding.
    [1000.1 + 5e-8, 1000.1 - 5e-8, 1000.1, 1000.1],
    [1000.1 + 1e-6, 1000.1 + 1e-6, 1000.1, 1000.2],
  ])('writes %d to %d in adjusted prices with five digits', (from, to, lower, upper) => {
    const found = publishInterval(1, Math.log(from), Math.log(to), { ...adjusted(1000), dividend: 0 });
    expect(found.lower).toBeCloseTo(lower, 9);
    expect(found.upper).toBeCloseTo(upper, 9);
  });

  it('leaves a hundredth of a price whose dividend is nearly all of it', () => {
    expect(priceAfter(1000, Math.log(1.1), 100)).toBeCloseTo(1000, 9);
    expect(priceAfter(1000, 0, 990)).toBe(10);
    expect(priceAfter(1000, 0, 989)).toBe(11);
    expect(priceAfter(1000, 0, 5000)).toBe(10);
  });

  it('never has a lower bound above the upper one where only one of both has an end', () => {
    expect(publishInterval(1000, -Infinity, -0.5, adjusted(1000))).toEqual({ lower: 606.53, upper: 606.54 });
  });

  it('lies on the tick and inside the band, and contains the raw interval as far as the band allows', () => {
    const cases = fc.record({
      tenths: fc.integer({ min: 1_000, max: 500_000 }),
      low: fc.double({ min: -0.6, max: 0.1, noNaN: true }),
      width: fc.double({ min: 0, max: 0.6, noNaN: true }),
      table: tables,
    });
    fc.assert(
      fc.property(cases, ({ tenths, low, width, table }) => {
        const close = tenths / 10;
        const band = priceLimitBand(close, table);
        // A price so near to a tick lies on it.
        const near = 2e-8 * close;
        const { lower, upper } = publishInterval(close, low, low + width, traded(close, table));
        expect(isOnTick(lower, table) && isOnTick(upper, table)).toBe(true);
        expect(lower).toBeGreaterThanOrEqual(band.lower);
        expect(upper).toBeLessThanOrEqual(band.upper);
        expect(lower).toBeLessThanOrEqual(Math.max(band.lower, close * Math.exp(low)) + near);
        expect(upper).toBeGreaterThanOrEqual(Math.min(band.upper, close * Math.exp(low + width)) - near);
      }),
    );
  });
});
