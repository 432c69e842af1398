import { expect, it } from 'vitest';
import { fallWidening, fallWidenings } from './fall-widening.ts';

it('widens the scale after a fall of the market beyond 2 %, up to one and a half', () => {
  const widenings = [0.1, 0, -0.02, -0.03, -0.04, -0.13].map((move) => Number(fallWidening(move).toFixed(3)));
  expect(widenings).toEqual([1, 1, 1, 1.221, 1.492, 1.5]);
});

it('is that of the session of each row, and 1 where it is not known', () => {
  const matrix = {
    names: ['return_1', 'market_return_1'],
    rows: 3,
    values: Float64Array.of(-0.1, -0.1, -0.1, 0, -0.03, NaN),
  };
  const rows = Int32Array.of(0, 1, 2);
  expect([...fallWidenings(matrix, rows)]).toEqual([1, fallWidening(-0.03), 1]);
  expect([...fallWidenings({ ...matrix, names: ['return_1', 'return_5'] }, rows)]).toEqual([1, 1, 1]);
});
