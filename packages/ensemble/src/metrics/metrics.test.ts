import { readFileSync } from 'node:fs';
import { resampleBlocks, seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, brierScore } from '../evaluation/direction-report.ts';
import { normalHalfWidth } from '../intervals/promise.ts';
import { linearQuantile } from '../intervals/score-windows.ts';
import { fitGammaRegression } from '../members/gamma-regression.ts';
import { blockBootstrap } from './block-bootstrap.ts';
import { inBasisPoints, rollingCoverage, summariseCoverage, winklerScore } from './interval-score.ts';
import { averageRanks, linearCorrelation, rankCorrelation } from './ranks.ts';

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

describe('ranks', () => {
  it('has no correlation with a constant', () => {
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNaN();
    expect(linearCorrelation([0.1, 0.1, 0.1], [1, 2, 4])).toBeNaN();
    expect(linearCorrelation([1], [2])).toBeNaN();
    expect(linearCorrelation([5, 5, 6], [1, 1, 3])).toBeCloseTo(1, 12);
  });

  it('begin at 1, and ties share their mean', () => {
    expect([...averageRanks([30, 10, 30, 20, 30])]).toEqual([4, 1, 4, 2, 4]);
    expect([...averageRanks([7])]).toEqual([1]);
    expect(averageRanks([])).toHaveLength(0);
    expect(linearCorrelation([1, 2, 3], [2, 4, 9])).toBeCloseTo(7 / Math.sqrt(2 * 26), 12);
  });
});

describe("Winkler's score", () => {
  it('is the width inside, and the width plus 2 / alpha for each unit outside', () => {
    expect(winklerScore(-1, 2, 0, 0.07)).toBe(3);
    expect(winklerScore(-1, 2, 2, 0.07)).toBe(3);
    expect(winklerScore(-1, 2, 2.5, 0.1)).toBeCloseTo(3 + 20 * 0.5, 12);
    expect(winklerScore(-1, 2, -1.25, 0.1)).toBeCloseTo(3 + 20 * 0.25, 12);
  });
});

describe('rolling coverage', () => {
  const inside = [1, 2, 0, 2, 1, 2, 1];
  const judged = [2, 2, 0, 2, 2, 2, 2];

  it('covers full windows only and weighs each outcome the same', () => {
    const curve = rollingCoverage(inside, judged, 5);
    expect([...curve]).toEqual([NaN, NaN, NaN, NaN, 6 / 8, 7 / 8, 6 / 8]);
    expect(summariseCoverage(curve, 5)).toEqual({ window: 5, min: 6 / 8, max: 7 / 8, last: 6 / 8 });
  });

  it('asks for 0.8 of the window judged: a symbol that was just listed or is gone has no coverage', () => {
    const sessions = (judgedFrom: number, judgedTo: number) =>
      Float64Array.from({ length: 600 }, (_, t) => (t >= judgedFrom && t < judgedTo ? 1 : 0));
    const missed = (days: Float64Array) => days.map(() => 0);
    const young = sessions(590, 600);
    expect(rollingCoverage(missed(young), young, 250).every(Number.isNaN)).toBe(true);
    const delisted = rollingCoverage(sessions(0, 300), sessions(0, 300), 250);
    expect([delisted[249], delisted[349], delisted[350]]).toEqual([1, 1, NaN]);
  });

  it('has no summary while no window is full', () => {
    const summary = summariseCoverage(rollingCoverage(inside, judged, 8), 8);
    expect(summary).toEqual({ window: 8, min: null, max: null, last: null });
  });
});

it('a basis point is a hundredth of a percent', () => {
  expect(inBasisPoints(0.0123)).toBeCloseTo(123, 9);
});

describe('block bootstrap', () => {
  it('has the 2.5 % and the 97.5 % quantile of a thousand ratios of days that are drawn in blocks', () => {
    const [hits, moves] = [Array.from({ length: 30 }, (_, day) => day % 7), Array.from({ length: 30 }, () => 7)];
    const random = seededRandom(3);
    const ratios = Array.from({ length: 1000 }, () => {
      let [above, below] = [0, 0];
      resampleBlocks(30, random, (day) => {
        above += hits[day]!;
        below += moves[day]!;
      });
      return above / below;
    }).sort((a, b) => a - b);
    const value = hits.reduce((a, b) => a + b) / 210;
    expect(blockBootstrap(hits, moves, 3)).toEqual({ value, low: ratios[25], high: ratios[974] });
    expect(blockBootstrap([0, 0], [0, 0], 1)).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  /** Days whose symbols all move together: each day is all hits or none. */
  const days = 400;
  const random = seededRandom(5);
  const together = Float64Array.from({ length: days }, () => (random() < 0.93 ? 60 : 0));
  const judged = new Float64Array(days).fill(60);

  it('gives the plain ratio with an interval around it, and the same for the same seed', () => {
    const estimate = blockBootstrap(together, judged, 1);
    expect(estimate.value).toBeCloseTo(together.reduce((a, b) => a + b) / (60 * days), 12);
    expect(estimate.low).toBeLessThan(estimate.value);
    expect(estimate.high).toBeGreaterThan(estimate.value);
    expect(blockBootstrap(together, judged, 1)).toEqual(estimate);
  });

  it('is wider than the binomial formula when the symbols of a day move together', () => {
    const { low, high, value } = blockBootstrap(together, judged, 1);
    const binomialWidth = 2 * 1.96 * Math.sqrt((value * (1 - value)) / (60 * days));
    expect(high - low).toBeGreaterThan(4 * binomialWidth);
  });
});
