import { type AccuracyPoint, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { coverageCurve, rollingMean } from './accuracy-curves.ts';

const series: readonly AccuracyPoint[] = [1, 2, 3, 4].map((value) => ({
  session: tradeDateSchema.parse(`2026-11-0${value}`),
  coverage: 0.9,
  coverage20: value < 3 ? null : 0.92,
  coverage60: null,
  coverage250: null,
  meanWidthBp: value * 100,
  winklerBp: 1000,
  winklerRollingQuantileBp: 1100,
  symbols: 40,
}));

describe('curves', () => {
  it('have gaps while a window of coverage is not full', () => {
    expect(coverageCurve(series, 'coverage20').map(({ value }) => value)).toEqual([null, null, 0.92, 0.92]);
  });

  it('average the sessions up to each one', () => {
    expect(rollingMean(series, 'meanWidthBp', 2)).toEqual([
      { session: '2026-11-01', value: null },
      { session: '2026-11-02', value: 150 },
      { session: '2026-11-03', value: 250 },
      { session: '2026-11-04', value: 350 },
    ]);
  });
});
