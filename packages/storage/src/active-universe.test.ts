import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { activeUniverse, newestBar } from './active-universe.ts';

const synthetic = { symbol: '0101', synthetic: true, bars: 700 };
const real = { symbol: '7203', synthetic: false, bars: 1094 };
const intradayOnly = { symbol: '6758', synthetic: false, bars: 0 };

describe('activeUniverse', () => {
  it('is the synthetic symbols while there are no others', () => {
    expect(activeUniverse([synthetic])).toEqual([synthetic]);
  });

  it('is the real symbols as soon as there is one: the two are never mixed', () => {
    expect(activeUniverse([synthetic, real])).toEqual([real]);
  });

  it('has a newest bar, whichever symbol it is of', () => {
    const days = ['2026-11-20', '2026-11-24', '2025-12-30'].map((day) => ({ lastDate: parseTradeDate(day) }));
    expect(newestBar(days)).toBe('2026-11-24');
    expect(newestBar([])).toBeUndefined();
  });

  it('leaves out symbols without daily bars, which displace nothing', () => {
    expect(activeUniverse([synthetic, intradayOnly])).toEqual([synthetic]);
  });
});
