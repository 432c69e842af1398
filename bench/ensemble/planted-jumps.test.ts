import { noisePanel } from '@daytrade/series';
import { expect, it } from 'vitest';
import { plantJumps } from './planted-jumps.ts';

const panel = noisePanel({ symbolCount: 2, sessionCount: 30, seed: 3, missingShare: 0.1 });
const jumped = plantJumps(panel, [{ from: 10, to: 20 }], 3);

/** ln(close / close of the bar before) of a symbol, by session. */
function returns({ close, days }: typeof panel, symbol: number): readonly number[] {
  let before = NaN;
  return Array.from(days, (_, t) => {
    const price = close[t * 2 + symbol]!;
    const value = Math.log(price / before);
    if (Number.isFinite(price)) before = price;
    return value;
  });
}

it('makes the moves of the stretch three times as large, and no others', () => {
  for (const symbol of [0, 1]) {
    const moved = returns(jumped, symbol);
    for (const [t, value] of returns(panel, symbol).entries()) {
      if (Number.isFinite(value)) expect(moved[t]).toBeCloseTo(t >= 10 && t < 20 ? 3 * value : value, 12);
    }
  }
});

it('keeps what a bar is: low, open, close and high in their order, and no bar where there was none', () => {
  for (const [row, high] of jumped.high.entries()) {
    expect(Number.isFinite(high)).toBe(Number.isFinite(panel.high[row]!));
    if (!Number.isFinite(high)) continue;
    const [open, low, close] = [jumped.open[row]!, jumped.low[row]!, jumped.close[row]!];
    expect(low <= Math.min(open, close) && Math.max(open, close) <= high).toBe(true);
  }
});
