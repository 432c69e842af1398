import { japanTime } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { basisPoints, duration, japanClock, percent, priceDecimals, yen } from './format.ts';

describe('yen', () => {
  it.each([
    [3071, '3,071'],
    [98.5, '98.5'],
    [1_234_567, '1,234,567'],
    [0.1 + 0.2, '0.3'],
  ])('%s is %s', (value, text) => {
    expect(yen(value)).toBe(text);
  });
});

it('prices of one table have one number of decimals', () => {
  const prices = [1262, 1297.6];
  expect(prices.map((price) => yen(price, priceDecimals(prices)))).toEqual(['1,262.0', '1,297.6']);
});

describe('a share or a width', () => {
  it('is shown with its unit, and a missing one as a dash', () => {
    expect(percent(0.9312)).toBe('93.1 %');
    expect(percent(0.9312, 0)).toBe('93 %');
    expect(basisPoints(723.4)).toBe('723 bp');
    for (const missing of [null, undefined, Number.NaN]) {
      expect([percent(missing), basisPoints(missing)]).toEqual(['–', '–']);
    }
  });
});

describe('duration', () => {
  it.each([
    [0, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [65, '1 min 05 s'],
    [3599.6, '1 h 00 min'],
    [7380, '2 h 03 min'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('an instant', () => {
  it('is shown as the clock in Tokyo, whatever the time zone of this machine', () => {
    expect(japanClock('2026-11-24T15:30:00Z')).toBe('2026-11-25 00:30');
    expect(japanClock(null)).toBe('–');
    expect(japanTime(Date.parse('2026-11-24T15:30:07Z'))).toBe('00:30:07');
  });
});
