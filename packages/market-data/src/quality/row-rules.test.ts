import { priceLimitBand } from '@daytrade/market';
import { expect, it } from 'vitest';
import { isWithinAnyLimit } from './row-rules.ts';

it('never says so of a price that a daily limit forbids', () => {
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

it('says so of what a day usually brings', () => {
  expect(isWithinAnyLimit(1_000, 950, 1_050)).toBe(true);
  expect(isWithinAnyLimit(1_000, 850, 1_050)).toBe(false);
});
