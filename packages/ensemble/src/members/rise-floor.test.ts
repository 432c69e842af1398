import { describe, expect, it } from 'vitest';
import { raisesAfterRise, usualLog } from './scale-rules.ts';

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

  it('is none where the moves of the market are not known', () => {
    const matrix = { names: ['a', 'b'], rows: 1, values: Float64Array.of(0.1, 0.1) };
    expect([...raisesAfterRise(matrix, Int32Array.of(0), Float64Array.of(-1), 0)]).toEqual([0]);
  });

  it('is what the regression says of a session that is usual in everything', () => {
    const regression = {
      kind: 'ridge' as const,
      names,
      means: Float64Array.of(0.01, 0.002),
      coefficients: Float64Array.of(-2, 5),
      intercept: -0.3,
    };
    expect(usualLog(regression)).toBeCloseTo(-0.31, 12);
  });
});
