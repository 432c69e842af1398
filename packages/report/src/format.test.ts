import { describe, expect, it } from 'vitest';
import { at, basisPoints, count, japanClock, percent, ratio, wholeYen, yen } from './format.ts';

describe('a figure of a report', () => {
  it.each([
    ['a price without decimals', yen(1_234), '1,234'],
    ['a price with one', yen(1_234.5), '1,234.5'],
    ['a price of an average, with one', yen(1_234.56), '1,234.6'],
    ['a whole amount of yen', wholeYen(-1_234_567.6), '-1,234,568'],
    ['a share', percent(0.9312), '93.1\u00a0%'],
    ['a share without decimals', percent(0.9312, 0), '93\u00a0%'],
    ['a share with more decimals', percent(-0.01234, 2), '-1.23\u00a0%'],
    ['whole basis points', basisPoints(1_234.4), '1,234\u00a0bp'],
    ['basis points with a decimal', basisPoints(12.34, 1), '12.3\u00a0bp'],
    ['a count', count(12_345), '12,345'],
    ['a ratio', ratio(1.006), '1.01'],
    ['an instant by the clock in Tokyo', japanClock('2026-11-24T15:30:59.000Z'), '2026-11-25 00:30'],
    ['a coordinate', at(12.3456), '12.35'],
  ])('is %s', (_, text, expected) => {
    expect(text).toBe(expected);
  });

  it('is a dash where there is none', () => {
    const texts = [yen(null), wholeYen(null), percent(null), basisPoints(null, 1), ratio(null), japanClock(null)];
    expect(new Set(texts)).toEqual(new Set(['–']));
  });
});
