import { type PaperBookState, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { profitVerdict, rollingMean } from './curves.ts';

const session = (day: number) => tradeDateSchema.parse(`2026-11-${10 + day}`);
const series = [1, 2, 3, 4].map((value) => ({
  session: session(value),
  meanWidthBp: value * 100,
  winklerBp: 1000,
  winklerRollingQuantileBp: 1100,
}));
const valuesOf = (curve: readonly { readonly value: number | null }[]) => curve.map(({ value }) => value);

it('have gaps until the window of a mean is full', () => {
  expect(valuesOf(rollingMean(series, 'meanWidthBp', 2))).toEqual([null, 150, 250, 350]);
});

describe('the curve of a book', () => {
  const cash = 1_000_000;
  const curveOf = (equities: readonly number[]): PaperBookState['curve'] =>
    equities.map((equity, day) => ({ session: session(day), equity }));

  it.each([
    [[], null, 0, 'unsettled'],
    [[999_999.7], 999_999.7, 0, 'loses'],
    [[1_020_000, 988_000], 988_000, -12_000, 'loses'],
    [[1_012_000], 1_012_000, 12_000, 'open'],
  ] as const)('with the closes %j is judged by the newest one, and never earns', (closes, equity, net, verdict) => {
    expect(profitVerdict({ curve: curveOf(closes), equity }, cash)).toEqual({ net, verdict });
  });
});
