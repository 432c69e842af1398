import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../testing/simulated-data.ts';
import { trainLogistic } from './logistic.ts';
import { trainRidge } from './ridge.ts';

interface Coefficients {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

type Golden = Record<'plain' | 'weighted', Record<'ridge' | 'logistic', Coefficients>>;

const golden: Golden = JSON.parse(readFileSync(new URL('../../oracles/linear.golden.json', import.meta.url), 'utf8'));
const data = simulate(500, 11);

describe.each([
  ['plain', {}],
  ['weighted', { weights: data.weight }],
] as const)('on %s rows, missing values at the mean', (name, extra) => {
  it.each([
    ['ridge', trainRidge({ l2: 25 }, { matrix: data.matrix, target: data.target, ...extra })],
    ['logistic', trainLogistic({ l2: 25 }, { matrix: data.matrix, target: data.class, ...extra })],
  ] as const)('%s has the coefficients of scikit-learn to 1e-8', (kind, model) => {
    const expected = golden[name][kind];
    for (const [f, coefficient] of expected.coefficients.entries()) {
      expect(Math.abs(model.coefficients[f]! - coefficient)).toBeLessThan(1e-8);
    }
    expect(Math.abs(model.intercept - expected.intercept)).toBeLessThan(1e-8);
  });
});
