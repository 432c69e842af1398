import { expect, it } from 'vitest';
import { range, simulate } from '../testing/simulated-data.ts';
import { blockRows, standardisedBlocks } from './standardised-columns.ts';

const { matrix } = simulate(3 * blockRows, 5);
const columns = matrix.names.length;
const scales = {
  means: Float64Array.from(matrix.names, (_, f) => f / 10),
  scales: Float64Array.from(matrix.names, (_, f) => (f === 1 ? Infinity : f + 1)),
};

it('hands out every row once, standardised, with missing values at the mean', () => {
  const rows = range(7, 2 * blockRows + 20);
  let next = 0;
  for (const { values, from, to } of standardisedBlocks(matrix, rows, scales)) {
    expect(from).toBe(next);
    next = to;
    for (let f = 0; f < columns; f += 1) {
      for (let i = from; i < to; i += 1) {
        const value = matrix.values[f * matrix.rows + rows[i]!]!;
        const expected = Number.isNaN(value) || f === 1 ? 0 : (value - f / 10) / (f + 1);
        expect(values[f * blockRows + i - from]! + 0).toBe(expected);
      }
    }
  }
  expect(next).toBe(rows.length);
});

it('needs the memory of one block, however many rows there are', () => {
  const memory = new Set<ArrayBufferLike>();
  for (const { values } of standardisedBlocks(matrix, range(0, matrix.rows), scales)) memory.add(values.buffer);
  expect(Array.from(memory, ({ byteLength }) => byteLength)).toEqual([columns * blockRows * 8]);
});
