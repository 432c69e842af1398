import { readFileSync } from 'node:fs';
import { seededRandom } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic, type IsotonicParameters, isotonicProbability } from './calibration.ts';
import { CalibrationHistory } from './calibration-history.ts';

/** 50 symbols a session, whose chance to rise is a function of the score. */
function after(sessions: number, chance: (score: number) => number): CalibrationHistory {
  const random = seededRandom(12);
  const history = new CalibrationHistory();
  for (let t = 0; t < sessions; t += 1) {
    const scores = Float64Array.from({ length: 50 }, () => 2 * random() - 1);
    history.observe(
      scores,
      scores.map((score) => (random() < chance(score) ? 0.01 : -0.01)),
    );
  }
  return history;
}

const step = (score: number) => (score > 0.5 ? 0.9 : 0.3);
const logistic = (score: number) => 1 / (1 + Math.exp(-1.6 * score));

describe('isotonic calibration', () => {
  it('never falls, and stays between 1 % and 99 %', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const parameters = isotonicOf(
          pairs.map(([score]) => score),
          pairs.map(([, rose]) => rose),
        );
        const asked = Array.from({ length: 81 }, (_, i) => isotonicProbability(parameters, -10 + i / 4));
        expect(asked).toEqual(asked.toSorted((a, b) => a - b));
        expect(Math.min(...asked)).toBeGreaterThanOrEqual(0.01);
        expect(Math.max(...asked)).toBeLessThanOrEqual(0.99);
      }),
    );
  });
});

it('learns from every symbol whose close moved and whose score is known', () => {
  const history = new CalibrationHistory();
  history.observe(Float64Array.of(0.1, 0.2, NaN, 0.4, 0.5), Float64Array.of(0.01, 0, 0.01, -0.01, NaN));
  history.observe(Float64Array.of(0.6), Float64Array.of(-0.02));
  const { scores, rose, sessions } = history.state();
  expect([Array.from(scores), Array.from(rose), sessions]).toEqual([[0.1, 0.4, 0.6], [1, 0, 0], 2]);
});

describe('the calibration that is used', () => {
  it("is Platt's until 60 sessions were held out", () => {
    expect(after(79, step).kind).toBe('platt');
    expect(after(80, step).kind).toBe('isotonic');
  });

  it('is the one with the lower held-out Brier score', () => {
    const stepped = after(300, step);
    expect(stepped.probability(0.8)).toBeCloseTo(0.9, 1);
    expect(stepped.kind).toBe('isotonic');
    const smooth = after(300, logistic);
    expect(smooth.probability(0.8)).toBeCloseTo(logistic(0.8), 1);
    expect(smooth.kind).toBe('platt');
  });

  it.each([10, 70, 90])('goes on from its state after %i sessions as if it had never stopped', (sessions) => {
    const whole = after(sessions, step);
    const resumed = new CalibrationHistory(whole.state());
    for (let t = 0; t < 25; t += 1) {
      for (const history of [whole, resumed]) history.observe(Float64Array.of(0.8, -0.8), Float64Array.of(0.01, -0.01));
      expect(resumed.probability(0.8)).toBe(whole.probability(0.8));
    }
    expect(resumed.state()).toEqual(whole.state());
  });

  it('does not know the outcomes of the sessions after', () => {
    const history = after(100, step);
    const before = history.probability(0.8);
    history.observe(Float64Array.of(0.8), Float64Array.of(-0.01));
    expect(history.probability(0.8)).toBe(before);
  });
});

/** The calibration of some scores, of which each rose (1) or fell (0). */
function isotonicOf(scores: readonly number[], rose: readonly number[]): IsotonicParameters {
  const sorted = (wanted: number) => Float64Array.from(scores.filter((_, i) => rose[i] === wanted)).sort();
  return fitIsotonic(sorted(1), sorted(0));
}

interface Golden {
  readonly scores: readonly number[];
  readonly rose: readonly number[];
  readonly asked: readonly number[];
  readonly probabilities: readonly number[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../oracles/isotonic.golden.json', import.meta.url), 'utf8'));

describe("isotonic calibration equals scikit-learn's IsotonicRegression", () => {
  it('at every score asked for: on the points, between them and beyond the ends', () => {
    const parameters = isotonicOf(golden.scores, golden.rose);
    for (const [i, score] of golden.asked.entries()) {
      expect(isotonicProbability(parameters, score)).toBeCloseTo(golden.probabilities[i]!, 12);
    }
  });
});
