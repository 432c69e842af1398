import { describe, expect, it } from 'vitest';
import { nearestName, quoted } from './issue-words.ts';

describe('a value in a message', () => {
  it.each([
    ['soon', '"soon"'],
    [7, '7'],
    [[1, { a: [null] }], '[1,{"a":[null]}]'],
    [undefined, 'undefined'],
  ])('%# is shown as JSON', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  it('is cut where it is long, and says so', () => {
    for (const long of ['x'.repeat(81), Array(60).fill(0), Object.fromEntries(Array(50).fill(0).entries())]) {
      expect(quoted(long)).toMatch(/^.{77}\.\.\.$/);
    }
  });
});

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
