import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, brierScore } from '../evaluation/direction-report.ts';
import { normalHalfWidth } from '../intervals/promise.ts';
import { linearQuantile } from '../intervals/score-windows.ts';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { rankCorrelation } from './ranks.ts';

interface Golden {
  readonly outcomes: readonly number[];
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
  readonly areaUnderCurve: number;
  readonly brier: number;
  readonly rankCorrelation: number;
  readonly quantiles: Readonly<Record<string, number>>;
  readonly normalHalfWidth: number;
  readonly gammaRegression: {
    readonly features: readonly (readonly number[])[];
    readonly target: readonly number[];
    readonly penalty: number;
    readonly logMeans: readonly number[];
  };
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../oracles/metrics.golden.json', import.meta.url), 'utf8'));
const rose = golden.outcomes.map((outcome) => (outcome > 0 ? 1 : 0));

describe('measures equal scikit-learn and SciPy', () => {
  it('area under the curve, with ties', () => {
    expect(areaUnderCurve(golden.scores, rose)).toBeCloseTo(golden.areaUnderCurve, 12);
  });

  it('Brier score', () => {
    expect(brierScore(golden.probabilities, rose)).toBeCloseTo(golden.brier, 12);
  });

  it("Spearman's rank correlation, with ties", () => {
    expect(rankCorrelation(golden.scores, golden.outcomes)).toBeCloseTo(golden.rankCorrelation, 12);
  });

  it('quantiles by linear interpolation', () => {
    const sorted = golden.outcomes.toSorted((a, b) => a - b);
    for (const [probability, value] of Object.entries(golden.quantiles)) {
      expect(linearQuantile(sorted, Number(probability))).toBeCloseTo(value, 12);
    }
  });

  it('the normal quantile of the baselines', () => {
    expect(normalHalfWidth).toBeCloseTo(golden.normalHalfWidth, 12);
  });

  it('gamma regression with a penalty', () => {
    const { features, target, penalty, logMeans } = golden.gammaRegression;
    const rows = target.length;
    const values = Float64Array.from({ length: 3 * rows }, (_, i) => features[i % rows]![Math.floor(i / rows)]!);
    const matrix = { names: ['a', 'b', 'c'], rows, values };
    const model = fitGammaRegression(matrix, Int32Array.from(target.keys()), Float64Array.from(target), penalty);
    for (const [row, expected] of logMeans.entries()) {
      const link = features[row]!.reduce((sum, value, f) => sum + model.coefficients[f]! * value, model.intercept);
      expect(link).toBeCloseTo(expected, 5);
    }
  });
});
