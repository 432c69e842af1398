import { expect, it } from 'vitest';
import { lossesOf, rowsOf } from './database.ts';

it('counts rows that did not come back, and tables with other values', () => {
  const before = {
    models: { rows: 2, checksum: 'a' },
    runs: { rows: 10, checksum: 'b' },
    symbols: { rows: 5, checksum: 'c' },
  };
  expect(rowsOf(before)).toBe(17);
  expect(lossesOf(before, before)).toEqual({ rows: 0, tables: [] });
  const after = { models: { rows: 2, checksum: 'x' }, runs: { rows: 7, checksum: 'y' } };
  expect(lossesOf(before, after)).toEqual({ rows: 8, tables: ['models', 'runs', 'symbols'] });
});
