import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { SymbolDays } from './symbol-days.ts';

/** By how many of its scales a symbol follows America whose opens follow it exactly, whatever the day then brings. */
function betaOf(sizeWithin: number): number {
  const random = seededRandom(3);
  const days = new SymbolDays();
  let [close, night] = [1000, 0];
  for (let t = 0; t < 400; t += 1) {
    const open = close * Math.exp(0.01 * night);
    close = open * Math.exp(sizeWithin * (random() - 0.5));
    days.push(open, Math.max(open, close), Math.min(open, close), close, { america: night, vix: NaN });
    night = 2 * (random() - 0.5);
  }
  return days.beta('america') * days.whole;
}

describe('how a symbol follows America', () => {
  it('is learned from its opens, so that what comes after them changes it little', () => {
    expect(betaOf(0)).toBeCloseTo(0.01, 3);
    for (const sizeWithin of [0.05, 0.1]) {
      expect(betaOf(sizeWithin)).toBeGreaterThan(0.008);
      expect(betaOf(sizeWithin)).toBeLessThan(0.012);
    }
  });
});
