import { describe, expect, it } from 'vitest';
import { activeUniverse } from './active-universe.ts';

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

  it('leaves out symbols without daily bars, which displace nothing', () => {
    expect(activeUniverse([synthetic, intradayOnly])).toEqual([synthetic]);
  });
});
