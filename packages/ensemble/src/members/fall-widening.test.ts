import { describe, expect, it } from 'vitest';
import { fallWidening, fallWidenings, shareAbove } from './fall-widening.ts';

describe('the widening after a fall of the market', () => {
  it('grows with the fall between 2 % and 3 %, and with how much its last days moved beyond its last months', () => {
    const at = (move: number, jump: number) => Number(fallWidening(move, jump).toFixed(3));
    expect([0.1, 0, -0.02, -0.025, -0.03, -0.13].map((move) => at(move, 0.5))).toEqual([1, 1, 1, 1.35, 1.822, 1.822]);
    expect([-0.5, 0.1, 0.3, 0.7, 0.9].map((jump) => at(-0.05, jump))).toEqual([1, 1, 1.35, 2.46, 2.5]);
  });

  it('reaches further down than up', () => {
    expect([1, 1.4, 1.5, 2, 2.5].map(shareAbove)).toEqual([1, 1, 1, 0.75, 0.6]);
  });

  it('is that of the session of each row, and 1 where it is not known', () => {
    const names = ['return_1', 'market_return_1', 'market_variance_80', 'market_variance_97'];
    const matrix = {
      names,
      rows: 4,
      values: Float64Array.of(-0.1, -0.1, -0.1, -0.1, 0, -0.03, NaN, -0.03, -7, -7, -7, NaN, -8, -8, -8, -8),
    };
    const rows = Int32Array.of(0, 1, 2, 3);
    expect([...fallWidenings(matrix, rows)]).toEqual([1, fallWidening(-0.03, 0.5), 1, 1]);
    expect([...fallWidenings({ ...matrix, names: ['a', 'b', 'c', 'd'] }, rows)]).toEqual([1, 1, 1, 1]);
  });
});
