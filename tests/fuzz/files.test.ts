// @module-tag long
import { expect, it } from 'vitest';
import { fuzzFiles } from './files.ts';

it('100 changed files of each kind are read or refused in words, none crashes or hangs', async () => {
  const results = await fuzzFiles(100, 20_261_127);
  for (const { kind, taken, refused, faults, memory } of results) {
    expect(faults, kind).toEqual([]);
    expect(taken + refused, kind).toBe(100);
    expect(memory.most - memory.before, kind).toBeLessThan(500 * 2 ** 20);
  }
  expect(results.map(({ kind }) => kind)).toEqual([
    'CSV of bars',
    'CSV of many symbols',
    'CSV of symbols',
    'parquet of somebody else',
    'parquet',
    'model',
  ]);
});
