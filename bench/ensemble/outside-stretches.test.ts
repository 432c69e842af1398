import type { EvaluationReport } from '@daytrade/ensemble';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { outsideStretches } from './outside-stretches.ts';

function series(coverages: readonly (number | null)[]): EvaluationReport['series'] {
  return coverages.map((coverage250, i) => ({
    session: parseTradeDate(`2024-07-0${i + 1}`),
    coverage: 0.93,
    coverage20: null,
    coverage60: null,
    coverage250,
    meanWidthBp: 700,
    winklerBp: 1000,
    winklerRollingQuantileBp: 1100,
    symbols: 60,
  }));
}

it('names each stretch outside the objective with its extreme, and none before the window is full', () => {
  expect(outsideStretches(series([null, 0.93, 0.914, 0.91, 0.915, 0.945, 0.946]))).toEqual([
    '2024-07-03 to 2024-07-04 (lowest 91.00 %)',
    '2024-07-07 to 2024-07-07 (highest 94.60 %)',
  ]);
  expect(outsideStretches(series([0.92, 0.94]))).toEqual([]);
});
