import { describe, expect, it } from 'vitest';
import { packGradients, sumsOf } from './packed-gradients.ts';

/** Rows beyond which the scale follows from the sums. */
const fourMillion = 2 ** 22;

function packed(gradients: Float64Array) {
  const rows = new Int32Array(gradients.length);
  for (let row = 0; row < rows.length; row += 1) rows[row] = row;
  return packGradients(rows, gradients, undefined);
}

describe('packed gradients', () => {
  it('of more than four million rows keep small ones beside a large one, and sums exact', () => {
    const half = fourMillion / 2;
    const gradients = new Float64Array(fourMillion + 1).fill(1, 0, half).fill(-1, half);
    gradients[0] = 10_000;
    const found = packed(gradients);
    const rows = new Int32Array(half + 1);
    for (let i = 0; i < half; i += 1) rows[i] = i;
    const above = sumsOf(found, rows.subarray(0, half));
    expect(above.count).toBe(half);
    expect((above.gradient * found.gradientScale) / (half - 1 + 10_000)).toBeCloseTo(1, 2);
    for (let i = 0; i <= half; i += 1) rows[i] = half + i;
    const below = sumsOf(found, rows);
    expect(below.count).toBe(half + 1);
    expect((below.gradient * found.gradientScale) / (half + 1)).toBeCloseTo(-1, 2);
  });

  it('of more than four million rows leave room for the rounding of each', () => {
    const found = packed(new Float64Array(fourMillion + 1).fill(1));
    const rows = Int32Array.from({ length: fourMillion + 1 }, (_, row) => row);
    const all = sumsOf(found, rows);
    expect(all.count).toBe(fourMillion + 1);
    expect((all.gradient * found.gradientScale) / (fourMillion + 1)).toBeCloseTo(1, 2);
  });

  it('have the scale of the largest one where there are fewer rows', () => {
    const { unit, gradientScale } = packed(Float64Array.of(1, -4, 2));
    expect(gradientScale).toBe(4 / Math.floor((unit / 2 - 1) / 3));
  });
});
