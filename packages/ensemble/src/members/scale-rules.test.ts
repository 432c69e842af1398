import { describe, expect, it } from 'vitest';
import { fallWidening, fallWidenings, raisesAfterRise } from './scale-rules.ts';

describe('the widening after a fall of the market', () => {
  it('grows with the fall between 2 % and 3 %, and with how much its last days moved beyond its last months', () => {
    const at = (move: number, jump: number) => Number(fallWidening(move, jump).toFixed(3));
    expect([0.1, 0, -0.02, -0.025, -0.03, -0.13].map((move) => at(move, 0.2))).toEqual([1, 1, 1, 1.078, 1.162, 1.162]);
    expect([-0.5, 0.1, 0.2, 0.3, 0.9].map((jump) => at(-0.05, jump))).toEqual([1, 1, 1.162, 1.25, 1.25]);
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

const names = ['return_1', 'market_return_1'];
const matrixOf = (moves: readonly number[]) => ({
  names,
  rows: moves.length,
  values: Float64Array.of(...moves.map(() => 0.2), ...moves),
});

describe('the floor of the scale after a rise of the market', () => {
  it('comes in between 2 % and 3 %, and raises up to what is usual alone', () => {
    const moves = [-0.1, 0, 0.02, 0.025, 0.03, 0.13, NaN];
    const rows = Int32Array.from(moves.keys());
    const after = (log: number) =>
      Array.from(raisesAfterRise(matrixOf(moves), rows, new Float64Array(moves.length).fill(log), -0.3), (raise) =>
        Number(raise.toFixed(6)),
      );
    expect(after(-0.5)).toEqual([0, 0, 0, 0.1, 0.2, 0.2, 0]);
    expect(after(-0.3)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(after(0.4)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
