import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileOptions } from '../options.ts';
import { planFolds, planTimeRange, sessionsNeeded } from './folds.ts';

const plans = fc.record({
  first: fc.integer({ min: 0, max: 500 }),
  length: fc.integer({ min: 1, max: 500 }),
  retrainEvery: fc.integer({ min: 1, max: 100 }),
  embargo: fc.integer({ min: 0, max: 30 }),
});

describe('walk-forward folds', () => {
  it('train only on sessions whose label has ended before the first predicted session, less the embargo', () => {
    fc.assert(
      fc.property(plans, ({ first, length, ...options }) => {
        for (const fold of planFolds(first, first + length, options)) {
          const lastLabelKnown = fold.trainTo - 1 + 1;
          if (fold.trainTo > 0) expect(lastLabelKnown).toBeLessThan(fold.predictFrom - options.embargo);
        }
      }),
    );
  });

  it('predict every session exactly once, in order', () => {
    fc.assert(
      fc.property(plans, ({ first, length, ...options }) => {
        const folds = planFolds(first, first + length, options);
        const sessions = folds.flatMap((fold) =>
          Array.from({ length: fold.predictTo - fold.predictFrom }, (_, i) => fold.predictFrom + i),
        );
        expect(sessions).toEqual(Array.from({ length }, (_, i) => first + i));
      }),
    );
  });

  it('expand the training window', () => {
    expect(planFolds(300, 426, { retrainEvery: 63, embargo: 5 })).toEqual([
      { trainFrom: 0, trainTo: 294, predictFrom: 300, predictTo: 363 },
      { trainFrom: 0, trainTo: 357, predictFrom: 363, predictTo: 426 },
    ]);
  });
});

/** Labels of three symbols at sessions of which each but the last has one, with a scale from session `begin` on. */
function outcomesOf(sessions: number, begin = 20) {
  const column = (from: number, to: number) =>
    Float64Array.from({ length: 3 * sessions }, (_, row) => (row >= 3 * from && row < 3 * to ? 0.01 : NaN));
  return { symbols: 3, sessions, label: column(0, sessions - 1), scale: column(begin, sessions) };
}

const options = compileOptions({ minimumTrainingSessions: 100, warmUpSessions: 60, judgedSessions: 40, embargo: 5 }, 0);

describe('the sessions that are judged', () => {
  it('are the newest with an outcome, after the warm-up', () => {
    expect(planTimeRange(outcomesOf(400), options)).toEqual({ first: 299, judgedFrom: 359, end: 399 });
    // The first that can be predicted is 20 + 100 + 5 + 1.
    expect(planTimeRange(outcomesOf(227), options)).toEqual({ first: 126, judgedFrom: 186, end: 226 });
  });

  it.each([
    [226, 126, 186],
    [225, 126, 185],
    [180, 126, 158],
    [177, 126, 156],
  ])('shrink with the warm-up in proportion, the first training does not: %i', (sessions, first, judgedFrom) => {
    expect(planTimeRange(outcomesOf(sessions), options)).toEqual({ first, judgedFrom, end: sessions - 1 });
  });

  it('are too few below the number that is needed, counted from the first that can be trained on', () => {
    expect(sessionsNeeded(options)).toBe(126 + 50 + 1);
    expect(sessionsNeeded(options, 50)).toBe(207);
    expect(sessionsNeeded({ ...options, judgedSessions: 10 })).toBe(126 + 70 + 1);
    expect(sessionsNeeded({ ...options, judgedSessions: 500, warmUpSessions: 250 })).toBe(126 + 30 + 1);
    const refusal = (sessions: number, begin: number) => () =>
      planTimeRange(outcomesOf(sessions, begin), options, begin);
    const says = (message: string) => expect.objectContaining({ code: 'training.too-little-data', message });
    expect(refusal(176, 20)).toThrow(says('too little data to train on: 176 sessions, at least 177 are needed'));
    expect(refusal(206, 50)).toThrow(says('too little data to train on: 176 sessions, at least 177 are needed'));
    expect(refusal(207, 50)).not.toThrow();
  });

  it('are not judged where the first training would have fewer than 200 rows', () => {
    // Sessions before 293 are trained on, and three symbols have a scale in 66 or 67 of them.
    const few = outcomesOf(400, 226);
    const message = 'too little data to train on: 198 usable rows before the first prediction, at least 200 are needed';
    expect(() =>
      planTimeRange({ ...few, scale: few.scale.map((v, row) => (row < 3 * 227 ? NaN : v)) }, options),
    ).toThrow(expect.objectContaining({ code: 'training.too-little-data', message }));
    expect(planTimeRange(few, options).first).toBe(299);
  });
});
