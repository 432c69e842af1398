import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DatedTickTable, isOnTick, type PriceTenths, roundToTick, type TickTable, tickSize } from './tick-size.ts';

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

  it('finer than 0.1 yen is on no grid', () => {
    expect(isOnTick(100.05, 'topix500')).toBe(false);
  });
});
