import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFolds } from './folds.ts';

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
