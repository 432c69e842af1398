import { describe, expect, it } from 'vitest';
import { matrixOf, range } from '../testing/simulated-data.ts';
import { binMatrix } from './binned-matrix.ts';

const times = (value: number, count: number) => Array.from({ length: count }, () => value);
const edgesOf = (x: readonly number[], maximumBins?: number) => [
  ...binMatrix(matrixOf({ x }), undefined, maximumBins === undefined ? {} : { maximumBins }).edges[0]!,
];

describe('the edges of a column', () => {
  it.each([
    ['the same number in each bin', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, [2.5, 4.5, 6.5, 8.5]],
    ['more in the first where they do not divide', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3, [4.5, 7.5]],
    ['the same in any order, missing values left out', [7, NaN, 1, 10, 3, 2, NaN, 9, 5, 4, 8, 6], 3, [4.5, 7.5]],
    ['a bin of its own for a first value that fills one', [...times(0, 6), 1, 2, 3, 4, 5, 6], 3, [0.5, 3.5]],
    ['a bin of its own for a value in the middle', [1, 2, 3, ...times(4, 6), 5, 6, 7], 3, [3.5, 4.5]],
    ['a bin that ends early before a value that fills one', [1, ...times(4, 6), 5, 6, 7, 8, 9], 3, [2.5, 4.5]],
    ['a bin of its own for a value that just fills one', [-1, ...times(0, 4), 1, 2, 3, 4, 5, 6, 7], 3, [-0.5, 0.5]],
    ['none that ends early where bins would not last', [1, 2, ...times(3, 4), 4, 5], 2, [3.5]],
    ['one bin for each of two frequent values', [1, 2, ...times(3, 5), ...times(4, 5)], 3, [2.5, 3.5]],
    ['as many bins as values', [3, 1, 2, 2, 2, 2, 2], 3, [1.5, 2.5]],
    ['one bin for one value', [5, 5, 5], 254, []],
    ['one bin where nothing is known', [NaN, NaN], 254, []],
    ['0 and -0 in one bin', [-0, 0, 0, -0], 254, []],
  ] as const)('put %s', (_, x, maximumBins, expected) => {
    expect(edgesOf(x, maximumBins)).toEqual(expected);
  });

  it.each([
    ['the largest numbers', -Number.MAX_VALUE, Number.MAX_VALUE, 0],
    ['neighbours', 1, 1 + 2 ** -52, 1],
    ['the smallest number and 0', 0, Number.MIN_VALUE, 0],
    ['infinite numbers', -Infinity, 3, -Infinity],
  ])('lie halfway between values, and between them also for %s', (_, low, high, edge) => {
    expect(edgesOf([low, high])).toEqual([edge]);
    expect([...binMatrix(matrixOf({ x: [low, high] })).byColumn]).toEqual([1, 2]);
  });

  it('are at most 253, of 254 bins, where nothing else is said', () => {
    const x = Array.from({ length: 1000 }, (_, i) => i);
    expect(edgesOf(x)).toHaveLength(253);
    expect(edgesOf(x.slice(0, 254))).toHaveLength(253);
    expect(edgesOf(x.slice(0, 253))).toHaveLength(252);
  });

  it('have about the same number of values between them, whatever the values', () => {
    const x = Array.from({ length: 5000 }, (_, i) => Math.tan(i));
    const bins = binMatrix(matrixOf({ x }), undefined, { maximumBins: 50 });
    const counts = new Int32Array(51);
    for (const bin of bins.byColumn) counts[bin]! += 1;
    expect([counts[0], Math.min(...counts.subarray(1)), Math.max(...counts.subarray(1))]).toEqual([0, 100, 100]);
  });

  it('are learned from every second of 400,000 rows', () => {
    const values = Float32Array.from({ length: 400_000 }, (_, row) => (row % 2 === 1 ? 7 : row % 4));
    const bins = binMatrix({ names: ['x'], rows: 400_000, values });
    expect([...bins.edges[0]!]).toEqual([1]);
    expect([...bins.byColumn.subarray(0, 4)]).toEqual([1, 2, 2, 2]);
    const all = binMatrix({ names: ['x'], rows: 200_000, values: values.subarray(0, 200_000) }, range(0, 200_000));
    expect([...all.edges[0]!]).toEqual([1, 4.5]);
  });
});
