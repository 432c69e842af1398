import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['jquants.plan', 'jquants.url', 'worker.min', 'provider', 'universe'];

it.each([
  ['jquants.plam', 'jquants.plan'],
  ['jquants.paln', 'jquants.plan'],
  ['jquant.plan', 'jquants.plan'],
  ['provder', 'provider'],
  ['worker_min', 'worker.min'],
  ['plan', 'jquants.plan'],
  ['colour', undefined],
  ['', undefined],
])('%s is probably %s', (written, meant) => {
  expect(nearestName(written, names)).toBe(meant);
});
