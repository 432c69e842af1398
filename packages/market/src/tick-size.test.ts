import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DatedTickTable,
  isOnTick,
  type PriceTenths,
  roundToTick,
  type TickTable,
  tickAbove,
  tickBelow,
  tickSize,
  tickTableOn,
} from './tick-size.ts';
import { addDays, parseTradeDate } from './trade-date.ts';

/** The tick at a price, both in yen. */
const tickAt = (yen: number, table: DatedTickTable) => tickSize(Math.round(yen * 10) as PriceTenths, table) / 10;
const tables: readonly TickTable[] = ['topix500', 'standard'];
const anyTable = fc.constantFrom(...tables);
const anyPrice = fc.oneof(fc.double({ min: 1, max: 6_000, noNaN: true }), fc.double({ min: 1, max: 9e7, noNaN: true }));

describe('tickSize', () => {
  // price <=, tick of TOPIX500, tick of the others: the exchange's tables of 2023-06-05
  it.each([
    [1_000, 0.1, 1],
    [3_000, 0.5, 1],
    [5_000, 1, 5],
    [10_000, 1, 10],
    [30_000, 5, 10],
    [50_000, 10, 50],
    [100_000, 10, 100],
    [300_000, 50, 100],
    [500_000, 100, 500],
    [1_000_000, 100, 1_000],
    [3_000_000, 500, 1_000],
    [5_000_000, 1_000, 5_000],
    [10_000_000, 1_000, 10_000],
    [30_000_000, 5_000, 10_000],
    [50_000_000, 10_000, 50_000],
    [99_000_000, 10_000, 100_000],
  ])('up to and including %i yen is %f (TOPIX500) and %f', (bound, topix500, standard) => {
    expect(tickAt(bound, 'topix500')).toBe(topix500);
    expect(tickAt(bound, 'standard')).toBe(standard);
  });

  it('was narrowed in steps for TOPIX100', () => {
    const steps = ['standard', 'topix100-phase-1', 'topix100-phase-2', 'topix500'] as const;
    expect(steps.map((table) => tickAt(2_000, table))).toEqual([1, 1, 0.5, 0.5]);
    expect(steps.map((table) => tickAt(4_000, table))).toEqual([5, 1, 0.5, 1]);
    expect(steps.map((table) => tickAt(40_000, table))).toEqual([50, 5, 5, 10]);
  });

  it('changes just above a bound', () => {
    expect(tickAt(1_000.5, 'topix500')).toBe(0.5);
    expect(tickAt(3_005, 'standard')).toBe(5);
  });
});

describe('a step of one tick', () => {
  // The lowest prices of the grid and those around each of its bounds, in tenths of a yen.
  it.each([
    ['standard', [10, 20, 30]],
    ['standard', [29_990, 30_000, 30_050]],
    ['standard', [49_950, 50_000, 50_100]],
    ['standard', [299_900, 300_000, 300_500]],
    ['topix500', [1, 2, 3]],
    ['topix500', [9_998, 9_999, 10_000, 10_005, 10_010]],
    ['topix500', [29_995, 30_000, 30_010]],
    ['topix100-phase-1', [99_990, 100_000, 100_050]],
    ['topix100-phase-2', [49_995, 50_000, 50_010]],
  ] as const)('up and down the table %s goes over %j', (table, prices) => {
    const known = prices.map((price) => price as number as PriceTenths);
    expect(known.slice(0, -1).map((price) => tickAbove(price, table))).toEqual(known.slice(1));
    expect(known.slice(1).map((price) => tickBelow(price, table))).toEqual(known.slice(0, -1));
  });

  it('down from the lowest price is 0', () => {
    expect(tickBelow(10 as PriceTenths, 'standard')).toBe(0);
    expect(tickBelow(1 as PriceTenths, 'topix500')).toBe(0);
  });

  it('leads to the next price that is on the grid, and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), anyTable, (tenths, table) => {
        const price = Math.max(10, roundToTick(tenths / 10, table, 'up') * 10) as PriceTenths;
        const above = tickAbove(price, table);
        for (let between = price + 1; between < above; between += 1) expect(isOnTick(between / 10, table)).toBe(false);
        expect(isOnTick(above / 10, table)).toBe(true);
        expect(tickBelow(above, table)).toBe(price);
      }),
    );
  });
});

describe('the table of a size group', () => {
  it.each([
    ['topix100', '2014-01-14', 'standard', 'topix100-phase-1'],
    ['topix100', '2014-07-22', 'topix100-phase-1', 'topix100-phase-2'],
    ['topix100', '2015-09-24', 'topix100-phase-2', 'topix500'],
    ['mid400', '2023-06-05', 'standard', 'topix500'],
  ] as const)('%s changes on %s from %s to %s', (group, date, before, from) => {
    const day = parseTradeDate(date);
    expect([addDays(day, -1), day].map((date) => tickTableOn(group, date))).toEqual([before, from]);
  });

  it('has been the same since its last change', () => {
    const newest = parseTradeDate('2030-12-30');
    expect([tickTableOn('topix100', newest), tickTableOn('mid400', newest)]).toEqual(['topix500', 'topix500']);
  });
});

describe('roundToTick', () => {
  it.each([
    [2_991.2, 'standard', 'down', 2_991],
    [2_991.2, 'standard', 'up', 2_992],
    [3_491, 'standard', 'up', 3_495],
    [3_491, 'standard', 'nearest', 3_490],
    [999.96, 'topix500', 'up', 1_000],
    [1_000.3, 'topix500', 'down', 1_000],
    [123.4, 'topix500', 'down', 123.4],
    [0.1 + 0.2, 'topix500', 'down', 0.3],
    [0.4, 'standard', 'down', 0],
  ] as const)('%f on the table %s, %s, is %f', (yen, table, rounding, expected) => {
    expect(roundToTick(yen, table, rounding)).toBe(expected);
  });

  it('outward never cuts into an interval, and by less than two ticks it widens it', () => {
    fc.assert(
      fc.property(anyPrice, anyTable, (yen, table) => {
        const down = roundToTick(yen, table, 'down');
        const up = roundToTick(yen, table, 'up');
        const tick = tickAt(up, table);
        expect(down).toBeLessThanOrEqual(yen + tick * 1e-6);
        expect(up).toBeGreaterThanOrEqual(yen - tick * 1e-6);
        expect(up - down).toBeLessThanOrEqual(tick * 1.000_001);
      }),
    );
  });

  it('lands on the grid and stays there', () => {
    fc.assert(
      fc.property(anyPrice, anyTable, fc.constantFrom('down', 'up', 'nearest'), (yen, table, rounding) => {
        const rounded = roundToTick(yen, table, rounding);
        if (rounded === 0) return;
        expect(isOnTick(rounded, table)).toBe(true);
        expect(roundToTick(rounded, table, 'down')).toBe(rounded);
        expect(roundToTick(rounded, table, 'up')).toBe(rounded);
      }),
    );
  });
});

describe('a price that is none', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (yen) => {
    const refusal = expect.objectContaining({
      code: 'market.price-invalid',
      message: expect.stringContaining(`${yen}`),
    });
    expect(() => roundToTick(yen, 'standard', 'up')).toThrow(refusal);
    expect(() => isOnTick(yen, 'standard')).toThrow(refusal);
  });

  it.each([
    ['standard', 1, true],
    ['topix500', 0.1, true],
    ['standard', 0.5, false],
    ['standard', 1e-9, false],
    ['topix500', 1e-9, false],
    ['standard', 3_001, false],
    ['topix500', 1_000.1, false],
    ['topix500', 999.9, true],
    ['topix500', 999.9 + 1e-5, false],
    ['topix500', 999.9 + 1e-8, true],
  ] as const)('on the grid of %s is %f: %s', (table, yen, expected) => {
    expect(isOnTick(yen, table)).toBe(expected);
  });

  it('finer than 0.1 yen is on no grid', () => {
    expect(isOnTick(100.05, 'topix500')).toBe(false);
  });
});
