import { parseSymbol } from '@daytrade/market';
import { expect, it } from 'vitest';
import { shiftOf } from './metrics.ts';

const interval = (symbol: string, lower: number, upper: number) =>
  ({ symbol: parseSymbol(symbol), lastClose: 1000, lower, upper }) as Parameters<typeof shiftOf>[0][number];
const published = [interval('7203', 950, 1050), interval('6758', 940, 1060)];

it('is the share of published intervals that are computed differently', () => {
  expect(shiftOf(published, published)).toBe(0);
  expect(shiftOf(published, [interval('7203', 950, 1050), interval('6758', 940.05, 1060)])).toBe(0);
  expect(shiftOf(published, [interval('7203', 950, 1050), interval('6758', 941, 1060)])).toBe(0.5);
  expect(shiftOf(published, [interval('7203', 950, 1051)])).toBe(1);
  expect(shiftOf(published, [interval('7203', Number.NaN, 1050), interval('6758', 940, 1060)])).toBe(0.5);
});

it('is unknown while nothing is published', () => {
  expect(shiftOf([], published)).toBeUndefined();
});
