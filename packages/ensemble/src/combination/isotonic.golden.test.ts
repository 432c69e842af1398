import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isotonicProbability } from './calibration.ts';
import { isotonicOf } from './isotonic.fixture.ts';

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
