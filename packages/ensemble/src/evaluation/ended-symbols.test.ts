import { noisePanel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { endedSymbols } from './judged-stretch.ts';

const panel = noisePanel({ symbolCount: 3, sessionCount: 40, seed: 4 });

/** The panel with the closes of one symbol gone in its newest sessions. */
function without(symbol: number, sessions: number) {
  const close = panel.close.slice();
  for (let t = 40 - sessions; t < 40; t += 1) close[t * 3 + symbol] = NaN;
  return { ...panel, close };
}

describe('symbols that ended', () => {
  it('have no bar in the newest sessions; a short halt does not count', () => {
    expect(endedSymbols(panel)).toBe(0);
    expect(endedSymbols(without(1, 5))).toBe(0);
    expect(endedSymbols(without(1, 6))).toBe(1);
  });
});
