import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { simulate } from '../testing/simulated-data.ts';
import { trainRidge } from './ridge.ts';

interface Coefficients {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

type Golden = Record<'plain' | 'weighted', Record<'ridge', Coefficients>>;

const golden: Golden = JSON.parse(readFileSync(new URL('../../oracles/ridge.golden.json', import.meta.url), 'utf8'));
const data = simulate(500, 11);

it.each([
  ['plain', {}],
  ['weighted', { weights: data.weight }],
] as const)(
  'on %s rows, missing values at the mean, ridge has the coefficients of scikit-learn to 1e-8',
  (name, extra) => {
    const model = trainRidge({ l2: 25 }, { matrix: data.matrix, target: data.target, ...extra });
    const expected = golden[name].ridge;
    for (const [f, coefficient] of expected.coefficients.entries()) {
      expect(Math.abs(model.coefficients[f]! - coefficient)).toBeLessThan(1e-8);
    }
    expect(Math.abs(model.intercept - expected.intercept)).toBeLessThan(1e-8);
  },
);
