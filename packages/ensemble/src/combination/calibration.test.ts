import { readFileSync } from 'node:fs';
import { seededRandom } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibratedProbability,
  fitIsotonic,
  fitPlatt,
  type IsotonicParameters,
  isotonicProbability,
  plattProbability,
} from './calibration.ts';
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

/** A roughly normal number. */
function noise(random: () => number): number {
  return Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
}

/** How many more rises a calibration says than there were, and the same by score with the penalty on the slope. */
function balance(scores: readonly number[], rose: readonly number[]): readonly number[] {
  const { intercept, slope } = fitPlatt(scores, rose);
  const missed = scores.map((score, i) => 1 / (1 + Math.exp(-(intercept + slope * score))) - rose[i]!);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return [sum(missed), sum(missed.map((miss, i) => miss * scores[i]!)) + 5 * (slope - 1.6)];
}

describe("Platt's calibration", () => {
  it('is a coin with the natural slope where nothing is known', () => {
    expect(fitPlatt([], [])).toEqual({ intercept: 0, slope: 1.6 });
    expect(plattProbability({ intercept: 0.3, slope: 1.6 }, 0.5)).toBeCloseTo(1 / (1 + Math.exp(-1.1)), 12);
  });

  it.each([
    ['few scores', [-0.5, 0.2, 0.1, 0.4], [0, 1, 0, 1]],
    ['scores above 0 alone', [0.5, 0.6, 0.9, 1, 1.2, 1.4], [0, 1, 0, 1, 0, 1]],
    ['scores below 0 alone, with a steep slope', [-1.4, -1.3, -1, -0.6, -0.5, -0.2], [0, 0, 0, 1, 1, 0]],
  ])(
    'says as many rises as there were, and the slope that its prior and the scores balance at: %s',
    (_, scores, rose) => {
      expect(fitPlatt(scores, rose).slope).toBeGreaterThan(0);
      for (const difference of balance(scores, rose)) expect(difference).toBeCloseTo(0, 7);
    },
  );

  it('recovers the probability that outcomes were drawn with', () => {
    const random = seededRandom(9);
    const scores = Float64Array.from({ length: 20_000 }, () => noise(random));
    const rose = scores.map((score) => (random() < 1 / (1 + Math.exp(-(0.2 + 0.8 * score))) ? 1 : 0));
    const { intercept, slope } = fitPlatt(scores, rose);
    expect(intercept).toBeCloseTo(0.2, 1);
    expect(slope).toBeCloseTo(0.8, 1);
  });

  it.each([0, 0.1, 0.3, 1])('never turns scores near %d around: then every probability is the base rate', (middle) => {
    const random = seededRandom(9);
    const scores = Float64Array.from({ length: 5000 }, () => middle + noise(random));
    const rose = scores.map((score) => (score < middle - 0.1 ? 1 : 0));
    const parameters = fitPlatt(scores, rose);
    expect(parameters.slope).toBe(0);
    const baseRate = rose.reduce((sum, one) => sum + one, 0) / rose.length;
    expect(plattProbability(parameters, 3)).toBeCloseTo(baseRate, 9);
  });
});

describe('isotonic points', () => {
  it('are the ends of blocks of scores that share a share of rises', () => {
    // 1 fell; 2 and 3 rose and fell in the wrong order, and 4 as often as both; 5 fell as often as it rose; 6 rose.
    const { scores, probabilities } = isotonicOf([1, 2, 3, 4, 4, 5, 5, 5, 6, 6], [0, 1, 0, 1, 0, 1, 1, 0, 1, 1]);
    expect([...scores]).toEqual([1, 2, 4, 5, 6]);
    expect([...probabilities]).toEqual([0.01, 0.5, 0.5, 2 / 3, 0.99]);
  });

  it('are one, of all scores, where every higher score rose less often', () => {
    const { scores, probabilities } = isotonicOf([1, 2, 3, 4], [1, 1, 0, 0]);
    expect([...scores]).toEqual([1, 4]);
    expect([...probabilities]).toEqual([0.5, 0.5]);
  });

  it('say nothing without a score', () => {
    const parameters = fitIsotonic(new Float64Array(0), new Float64Array(0));
    expect(parameters).toEqual({ scores: new Float64Array(0), probabilities: new Float64Array(0) });
    expect(isotonicProbability(parameters, 1)).toBe(0.5);
    expect(calibratedProbability({ kind: 'isotonic', parameters }, 1)).toBe(0.5);
    const platt = { intercept: 0, slope: 1 };
    expect(calibratedProbability({ kind: 'platt', parameters: platt }, 1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });
});

describe('the state of a calibration', () => {
  it('is empty before the first session', () => {
    expect(new CalibrationHistory().state()).toEqual({
      scores: new Float64Array(0),
      rose: new Uint8Array(0),
      errors: { platt: 0, isotonic: 0 },
      heldOut: 0,
      heldOutSessions: 0,
      sessions: 0,
      platt: { kind: 'platt', parameters: { intercept: 0, slope: 1.6 } },
    });
  });

  it('has the scores, both calibrations of the newest twentieth session, and their errors on what came after', () => {
    const random = seededRandom(2);
    const drawn = Array.from({ length: 47 }, () => {
      return { score: 2 * random() - 1, outcome: random() < 0.4 ? 0.01 : -0.01 };
    });
    const history = new CalibrationHistory();
    for (const { score, outcome } of drawn) history.observe(Float64Array.of(score), Float64Array.of(outcome));
    const scores = drawn.map(({ score }) => score);
    const rose = drawn.map(({ outcome }) => (outcome > 0 ? 1 : 0));
    const fitted = [20, 40].map((count) => ({
      platt: { kind: 'platt', parameters: fitPlatt(scores.slice(0, count), rose.slice(0, count)) } as const,
      isotonic: {
        kind: 'isotonic',
        parameters: isotonicOf(scores.slice(0, count), rose.slice(0, count)),
      } as const,
    }));
    const errorOf = (kind: 'platt' | 'isotonic') =>
      scores.reduce((sum, score, t) => {
        const then = fitted[t < 40 ? 0 : 1]![kind];
        return t < 20 ? sum : sum + (calibratedProbability(then, score) - rose[t]!) ** 2;
      }, 0);
    expect(history.state()).toEqual({
      scores: Float64Array.from(scores),
      rose: Uint8Array.from(rose),
      errors: { platt: expect.closeTo(errorOf('platt'), 10), isotonic: expect.closeTo(errorOf('isotonic'), 10) },
      heldOut: 27,
      heldOutSessions: 27,
      sessions: 47,
      ...fitted[1],
    });
  });
});
