import { dayNumber, instantOf, parseSymbol, parseTradeDate, priceLimitBand } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { SourceRows } from '../provider.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { faultsOfRow, isPlausiblePrice, isWithinAnyLimit } from './row-rules.ts';

const bar = { open: 1_000, high: 1_010, low: 990, close: 1_005, volume: 100 };
const flat = (price: number, volume: number) => ({ open: price, high: price, low: price, close: price, volume });
const later = Date.parse('2026-11-27T00:00:00Z');

function rowOf(values: typeof bar, time: number, interval: SourceRows['interval'] = '1d'): SourceRows {
  const { open, high, low, close, volume } = values;
  return {
    master: masterOf(parseSymbol('7203')),
    interval,
    file: '7203.csv',
    priceBasis: undefined,
    times: Float64Array.of(time),
    open: Float64Array.of(open),
    high: Float64Array.of(high),
    low: Float64Array.of(low),
    close: Float64Array.of(close),
    volume: Float64Array.of(volume),
    lines: Int32Array.of(2),
    rowText: () => '',
    malformed: [],
    rowsWithoutTrade: 0,
  };
}

const session = parseTradeDate('2024-01-04');

describe('a row of a day', () => {
  it.each<readonly [Partial<typeof bar>, readonly string[]]>([
    [{}, []],
    [{ open: 990, close: 1_010 }, []],
    [{ open: 1_010, close: 990 }, []],
    [flat(0.5, 1), []],
    [flat(1e9, 100), []],
    [flat(1e9 + 1, 100), ['price-implausible']],
    [{ high: 1e9 + 1 }, ['price-implausible']],
    [{ open: 0 }, ['price-not-positive', 'open-outside-range']],
    [{ high: 0 }, ['price-not-positive', 'high-below-low']],
    [{ low: 0 }, ['price-not-positive']],
    [{ close: 0 }, ['price-not-positive', 'close-outside-range']],
    [{ volume: 1 }, []],
    [{ volume: 0 }, []],
    [{ volume: -1 }, ['volume-negative']],
    [{ volume: 0.5 }, ['volume-implausible']],
    [{ volume: 1e12 }, []],
    [{ volume: 1e12 + 1 }, ['volume-implausible']],
    [{ open: 989, close: 1_011 }, ['open-outside-range', 'close-outside-range']],
    [flat(1_000, 1), []],
    [flat(1_000, 0), ['placeholder']],
    [{ ...flat(1_000, 0), high: 1_001 }, []],
    [{ ...flat(1_000, 0), low: 999 }, []],
    [{ ...flat(1_000, 0), high: 1_001, close: 1_001 }, []],
  ])('with %j has the faults %j', (values, reasons) => {
    const rows = rowOf({ ...bar, ...values }, dayNumber(session));
    expect(faultsOfRow(rows, 0, { basis: 'traded', now: later }).map(({ reason }) => reason)).toEqual(reasons);
  });

  it.each([
    ['traded', 0.001, 0.0011],
    ['split-adjusted', 0.011, 0.0111],
    ['fully-adjusted', 0.011, 0.0111],
  ] as const)('of %s prices may lie %d yen outside of its range, not %d', (basis, near, far) => {
    const reasonsAt = (distance: number) => {
      const rows = rowOf({ ...bar, open: 990 - distance, close: 1_010 + distance }, dayNumber(session));
      return faultsOfRow(rows, 0, { basis, now: later }).map(({ reason }) => reason);
    };
    expect(reasonsAt(near)).toEqual([]);
    expect(reasonsAt(far)).toEqual(['open-outside-range', 'close-outside-range']);
  });

  it.each([
    ['14:59:59', ['not-over-yet']],
    ['15:00:00', []],
  ])('is complete from the close on: at %s its faults are %j', (time, reasons) => {
    const rows = rowOf(bar, dayNumber(session));
    const now = Date.parse(`2024-01-04T${time}+09:00`);
    expect(faultsOfRow(rows, 0, { basis: 'traded', now }).map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('a row of five minutes', () => {
  const faultsAt = (date: string, time: string, now = later) => {
    const begin = instantOf(parseTradeDate(date), '00:00') + Date.parse(`1970-01-01T${time}:00Z`);
    return faultsOfRow(rowOf(bar, begin, '5m'), 0, { basis: 'traded', now });
  };

  it.each([
    ['2025-01-22', '08:59', 'outside-session'],
    ['2025-01-22', '09:00', undefined],
    ['2025-01-22', '11:30', undefined],
    ['2025-01-22', '11:31', 'outside-session'],
    ['2025-01-22', '12:29', 'outside-session'],
    ['2025-01-22', '12:30', undefined],
    ['2025-01-22', '15:30', undefined],
    ['2025-01-22', '15:31', 'outside-session'],
    // The exchange closed at 15:00 up to 2024-11-01.
    ['2024-11-01', '15:00', undefined],
    ['2024-11-01', '15:01', 'outside-session'],
    ['2025-01-25', '09:00', 'closed-day'],
  ])('on %s at %s: %s', (date, time, reason) => {
    expect(faultsAt(date, time)[0]?.reason).toBe(reason);
  });

  it('is complete at its end', () => {
    const at = (time: string) => Date.parse(`2025-01-22T${time}+09:00`);
    expect(faultsAt('2025-01-22', '09:05', at('09:10:00'))).toEqual([]);
    expect(faultsAt('2025-01-22', '09:05', at('09:09:59'))).toEqual([
      {
        reason: 'not-over-yet',
        message: 'the bar ends at 2025-01-22 09:10 in Japan; it was 2025-01-22 09:09 there when the row was read',
      },
    ]);
  });

  it('of a closed day names the day and why it was closed', () => {
    expect(faultsAt('2025-01-25', '09:00')[0]?.message).toBe('the exchange was closed on 2025-01-25 (Saturday)');
  });
});

it('a price of a share is above 0 and at most 1,000,000,000 yen', () => {
  expect([0, 0.1, 1e9, 1e9 + 1].map(isPlausiblePrice)).toEqual([false, true, true, false]);
});

describe('prices so near to a close that no daily limit lies between', () => {
  it('are never those that a daily limit forbids', () => {
    const wrong: number[] = [];
    for (let close = 1; close < 1e8; close = Math.ceil(close * 1.003)) {
      for (const table of ['standard', 'topix500'] as const) {
        const { lower, upper } = priceLimitBand(close, table);
        // The first prices beyond the limits.
        if (isWithinAnyLimit(close, lower * (1 - 1e-9), close)) wrong.push(close);
        if (isWithinAnyLimit(close, close, upper * (1 + 1e-9))) wrong.push(close);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    [1_000, 900, 1_100, true],
    [1_000, 899, 1_000, false],
    [1_000, 1_000, 1_101, false],
    [10, 9, 11, true],
    [9, 9, 9, false],
    [50_000_000, 45_000_000, 50_000_000, true],
    [50_000_001, 50_000_001, 50_000_001, false],
  ])('are, for a close of %d, %d to %d: %s', (close, low, high, isNear) => {
    expect(isWithinAnyLimit(close, low, high)).toBe(isNear);
  });
});
