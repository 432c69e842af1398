import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinnedMatrix, binMatrix } from '../../binning/binned-matrix.ts';
import { range, simulate } from '../../testing/simulated-data.ts';
import { TypeScriptKernel } from '../../testing/typescript-kernel.ts';
import { packGradients, sumsOf } from '../packed-gradients.ts';
import type { SplitRules } from '../split.ts';
import { checkSize, createTreeKernel } from './create-tree-kernel.ts';
import type { ScannedSplit, TreeKernel } from './tree-kernel.ts';
import { WebAssemblyKernel } from './web-assembly-kernel.ts';

interface Problem {
  readonly bins: BinnedMatrix;
  readonly gradients: Float64Array;
  /** Rows of a node, some of them more than once. */
  readonly rows: readonly number[];
  readonly columns: Int32Array;
  readonly minimumRows: number;
  readonly l2: number;
}

const problem: fc.Arbitrary<Problem> = fc
  .record({
    count: fc.integer({ min: 2, max: 900 }),
    seed: fc.nat(1000),
    columnCount: fc.integer({ min: 1, max: 20 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    drawn: fc.uniqueArray(fc.nat(19), { minLength: 1, maxLength: 20 }),
    drawsColumns: fc.boolean(),
    minimumRows: fc.integer({ min: 0, max: 20 }),
    l2: fc.constantFrom(0, 3),
  })
  .map(({ count, seed, columnCount, share, drawn, drawsColumns, ...penalties }) => {
    const { matrix, target } = simulate(count, seed);
    const names = Array.from({ length: columnCount }, (_, f) => `x${f}`);
    const values = Float64Array.from(
      { length: columnCount * count },
      (_, i) => matrix.values[i % matrix.values.length]!,
    );
    const columns = drawn.filter((f) => f < columnCount);
    return {
      bins: binMatrix({ names, rows: count, values }),
      gradients: target,
      rows: [...range(0, count)].flatMap((row) => ((row * 7919) % 1000 < share * 1000 ? [row, row] : [row])),
      columns: drawsColumns && columns.length > 0 ? Int32Array.from(columns) : range(0, columnCount),
      ...penalties,
    };
  });

/** Everything that a kernel computes of a problem. */
function computed(kernel: TreeKernel, p: Problem): readonly [Float64Array, Float64Array, ScannedSplit | undefined] {
  const rows = kernel.indices(p.rows.length);
  rows.set(p.rows);
  const gradients = kernel.numbers(p.bins.rows);
  gradients.set(p.gradients);
  const packed = packGradients(rows, gradients, undefined);
  const size = 256 * 8 * Math.ceil(p.columns.length / 8);
  const [whole, part] = [kernel.numbers(size), kernel.numbers(size)];
  const middle = Math.floor(rows.length / 3);
  kernel.sum(part, packed.gradients, p.columns, rows, 0, rows.length);
  kernel.clear(part);
  kernel.sum(part, packed.gradients, p.columns, rows, 0, middle);
  kernel.sum(whole, packed.gradients, p.columns, rows, 0, rows.length);
  const rules: SplitRules = {
    minimumRows: p.minimumRows,
    minimumHessian: 0.5,
    minimumGain: 0,
    l2: p.l2,
    ...packed,
  };
  const found = kernel.scan(whole, p.columns, sumsOf(packed, rows), rules, 0);
  kernel.subtract(whole, part);
  const used = 256 * p.columns.length;
  return [whole.slice(0, used), part.slice(0, used), found];
}

describe('the kernel in WebAssembly', () => {
  it('computes what the one in TypeScript does, to the bit', { tags: ['long'] }, () => {
    fc.assert(
      fc.property(problem, (p) => {
        const kernel = new WebAssemblyKernel(p.bins);
        expect(computed(kernel, p)).toEqual(computed(new TypeScriptKernel(p.bins), p));
        // The next problem gets its memory, with all that was left in it.
        kernel.release();
      }),
    );
  });

  it('is the one that trainings use, and knows its own arrays only', () => {
    const kernel = createTreeKernel(binMatrix(simulate(50, 1).matrix));
    expect(kernel).toBeInstanceOf(WebAssemblyKernel);
    const own = kernel.numbers(8);
    kernel.clear(own);
    expect(() => kernel.clear(new Float64Array(8))).toThrow('the array was not made by this kernel');
    kernel.release();
    expect(() => kernel.clear(own)).toThrow('the array was not made by this kernel');
  });

  it('refuses a matrix that its memory is too small for, with the rows that fit', () => {
    const { names } = simulate(50, 1).matrix;
    // 8 bytes of bins, three numbers and two indices a row; of 3 GB.
    const most = Math.floor((3 * 2 ** 30) / 40);
    checkSize({ names, rows: most });
    expect(() => checkSize({ names, rows: most + 1 })).toThrow(
      expect.objectContaining({
        code: 'training.too-large',
        message: `too many rows to train on: ${most + 1} of 8 columns; at most ${most} fit into memory`,
      }),
    );
  });
});
