import { isOnTick, priceLimitBand } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publishInterval } from './published-interval.ts';

const tables = fc.constantFrom('topix500' as const, 'standard' as const);

describe('published interval', () => {
  it('rounds outward to the tick', () => {
    // 1,000 * exp(-0.0333) = 967.25 and 1,000 * exp(0.0333) = 1,033.86; ticks of 0.1 up to 1,000 yen, of 0.5 above.
    expect(publishInterval(1000, -0.0333, 0.0333, 'topix500')).toEqual({ lower: 967.2, upper: 1034 });
    expect(publishInterval(1000, -0.0333, 0.0333, 'standard')).toEqual({ lower: 967, upper: 1034 });
  });

  it('is the whole price-limit band for an infinite half-width', () => {
    expect(publishInterval(1000, -Infinity, Infinity, 'standard')).toEqual({ lower: 700, upper: 1300 });
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
        const { lower, upper } = publishInterval(close, low, low + width, table);
        expect(isOnTick(lower, table) && isOnTick(upper, table)).toBe(true);
        expect(lower).toBeGreaterThanOrEqual(band.lower);
        expect(upper).toBeLessThanOrEqual(band.upper);
        expect(lower).toBeLessThanOrEqual(Math.max(band.lower, close * Math.exp(low)) + 1e-6);
        expect(upper).toBeGreaterThanOrEqual(Math.min(band.upper, close * Math.exp(low + width)) - 1e-6);
      }),
    );
  });
});
