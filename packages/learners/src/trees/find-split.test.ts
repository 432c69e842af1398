import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinnedMatrix, binMatrix } from '../binning/binned-matrix.ts';
import { range } from '../testing/simulated-data.ts';
import { findNodeSplit } from './find-node-split.ts';
import { findLevelSplit, sumsLeft } from './growers.ts';
import { HistogramBuilder } from './histogram.ts';
import { TreeKernel } from './kernel/tree-kernel.ts';
import { packGradients, sumsOf } from './packed-gradients.ts';
import type { SplitRules } from './split.ts';

interface Node {
  readonly rows: readonly number[];
}

interface Problem {
  readonly bins: BinnedMatrix;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array | undefined;
  readonly nodes: readonly Node[];
  readonly penalties: { minimumRows: number; minimumHessian: number; l2: number };
}

const featureValue = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const problem: fc.Arbitrary<Problem> = fc
  .record({
    rows: fc.array(
      fc.record({
        x: fc.array(featureValue, { minLength: 9, maxLength: 9 }),
        gradient: fc.integer({ min: -8, max: 8 }),
        hessian: fc.integer({ min: 1, max: 4 }),
        node: fc.nat(2),
      }),
      { minLength: 1, maxLength: 25 },
    ),
    withHessians: fc.boolean(),
    minimumRows: fc.integer({ min: 1, max: 4 }),
    // Sums of Hessians are multiples of a half, and rounded when packed: a bound that none of them meets exactly.
    minimumHessian: fc.constantFrom(0, 0.75, 1.75, 2.75, 3.75),
    l2: fc.constantFrom(0, 2),
  })
  .map(({ rows, withHessians, ...penalties }) => ({
    bins: binMatrix({
      names: Array.from({ length: 9 }, (_, f) => `x${f}`),
      rows: rows.length,
      values: Float64Array.from([...range(0, 9)].flatMap((f) => rows.map((row) => row.x[f]!))),
    }),
    gradients: Float64Array.from(rows, (row) => row.gradient / 4),
    hessians: withHessians ? Float64Array.from(rows, (row) => row.hessian / 2) : undefined,
    nodes: [0, 1, 2].map((node) => ({ rows: [...rows.keys()].filter((row) => rows[row]!.node === node) })),
    penalties,
  }));

/** The gain of a split of one node by plain sums over its rows; 0 where a child is too small. */
function plainGain(p: Problem, node: Node, feature: number, bin: number, missingLeft: boolean): number {
  const { minimumRows, minimumHessian, l2 } = p.penalties;
  const goesLeft = (row: number) => {
    const b = p.bins.byColumn[feature * p.bins.rows + row]!;
    return b === 0 ? missingLeft : b <= bin;
  };
  const sums = (rows: readonly number[]) => ({
    count: rows.length,
    g: rows.reduce((sum, row) => sum + p.gradients[row]!, 0),
    h: rows.reduce((sum, row) => sum + (p.hessians ? p.hessians[row]! : 1), 0),
  });
  const score = ({ g, h }: { g: number; h: number }) => (h + l2 > 0 ? g ** 2 / (h + l2) : 0);
  const [left, right] = [sums(node.rows.filter(goesLeft)), sums(node.rows.filter((row) => !goesLeft(row)))];
  const isTooSmall = [left, right].some(({ count, h }) => count < minimumRows || h < minimumHessian);
  return isTooSmall ? 0 : score(left) + score(right) - score(sums(node.rows));
}

function bestPlainGain(p: Problem, nodes: readonly Node[]): number {
  let best = 0;
  for (const feature of range(0, 9)) {
    for (let bin = 1; bin <= p.bins.edges[feature]!.length + 1; bin += 1) {
      for (const side of [false, true]) {
        best = Math.max(
          best,
          nodes.reduce((sum, node) => sum + plainGain(p, node, feature, bin, side), 0),
        );
      }
    }
  }
  return best;
}

function histogramsOf(p: Problem) {
  const kernel = new TreeKernel(p.bins);
  const inKernel = (values: Float64Array) => {
    const numbers = kernel.numbers(p.bins.rows);
    numbers.set(values);
    return numbers;
  };
  const gradients = inKernel(p.gradients);
  const packed = packGradients(range(0, p.bins.rows), gradients, p.hessians && inKernel(p.hessians));
  const builder = new HistogramBuilder(kernel, 9, p.hessians !== undefined);
  const columns = range(0, 9);
  const nodes = p.nodes.map((node) => {
    const rows = kernel.indices(node.rows.length);
    rows.set(node.rows);
    return {
      rows,
      sums: sumsOf(packed, rows),
      histogram: builder.build(packed, columns, rows, 0, rows.length),
    };
  });
  const rules: SplitRules = {
    ...p.penalties,
    minimumGain: 0,
    ...packed,
  };
  return { kernel, packed, builder, columns, nodes, rules };
}

describe('findNodeSplit', () => {
  it('finds the gain of a search through every split by plain sums', () => {
    fc.assert(
      fc.property(problem, (p) => {
        const { kernel, columns, nodes, rules } = histogramsOf(p);
        for (const [i, node] of nodes.entries()) {
          const { histogram } = node;
          const split = findNodeSplit(kernel, histogram, columns, p.bins, node.sums, rules);
          expect(split?.gain ?? 0).toBeCloseTo(bestPlainGain(p, [p.nodes[i]!]), 6);
          if (split === undefined) continue;
          const { feature, bin, missingLeft, left } = split;
          expect(split.gain).toBeCloseTo(plainGain(p, p.nodes[i]!, feature, bin, missingLeft), 6);
          if (p.hessians === undefined) expect(sumsLeft(histogram, feature, split, rules.unit)).toEqual(left);
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe('a split of known and missing values', () => {
  const none = { minimumRows: 1, minimumHessian: 0, l2: 0 };

  /** One node of rows with a value of the first of nine columns, the others all 0. */
  function splitOf(x: readonly number[], gradients: readonly number[], hessian: number, penalties = none) {
    const rows = x.length;
    const values = Float64Array.from({ length: 9 * rows }, (_, i) => (i < rows ? x[i]! : 0));
    const names = Array.from({ length: 9 }, (_, f) => `x${f}`);
    const bins = binMatrix({ names, rows, values });
    const nodes = [{ rows: [...range(0, rows)] }];
    const hessians = hessian === 1 ? undefined : new Float64Array(rows).fill(hessian);
    const p = { bins, gradients: Float64Array.from(gradients), hessians, nodes, penalties };
    const { kernel, columns, nodes: built, rules } = histogramsOf(p);
    const found = findNodeSplit(kernel, built[0]!.histogram, columns, bins, built[0]!.sums, rules);
    const level = hessians === undefined ? findLevelSplit(built, columns, bins, rules) : undefined;
    if (hessians === undefined) {
      expect(level?.gain ?? 0).toBeCloseTo(found?.gain ?? 0, 9);
      expect([level?.feature, level?.bin, level?.missingLeft]).toEqual([
        found?.feature,
        found?.bin,
        found?.missingLeft,
      ]);
    }
    if (found === undefined) return undefined;
    const { feature, bin, missingLeft, gain, left } = found;
    return { feature, bin, missingLeft, gain: Number(gain.toFixed(6)), count: left.count };
  }

  describe.each([1, 2])('with Hessians of %i', (h) => {
    const u = NaN;

    it.each([
      [
        'missing ones on the left',
        [u, u, 1, 1, 2, 2],
        [-1, -1, -1, -1, 1, 1],
        1,
        true,
        (16 / 4 + 4 / 2 - 4 / 6) / h,
        4,
      ],
      [
        'missing ones on the right',
        [1, 1, 2, 2, u, u],
        [-1, -1, 1, 1, 1, 1],
        1,
        false,
        (4 / 2 + 16 / 4 - 4 / 6) / h,
        2,
      ],
      ['missing from known ones', [1, 2, 3, u, u, u], [1, 1, 1, -1, -1, -1], 3, false, 6 / h, 3],
      ['the majority, where none is missing', [1, 1, 1, 1, 2, 2], [1, 1, 1, 1, -1, -1], 1, true, (6 - 4 / 6) / h, 4],
      ['the minority elsewhere', [1, 1, 2, 2, 2, 2], [1, 1, -1, -1, -1, -1], 1, false, (6 - 4 / 6) / h, 2],
      ['a tie, with what is missing on the left', [1, 2], [1, -1], 1, true, 2 / h, 1],
    ])('sends %s', (_, x, gradients, bin, missingLeft, gain, count) => {
      expect(splitOf(x, gradients, h)).toEqual({ feature: 0, bin, missingLeft, gain: Number(gain.toFixed(6)), count });
    });

    const x = [1, 2, 3, 4, 5, 6];
    const gradients = [9, -1, -1, -1, -1, -5];

    it.each([
      [1, 0, 1],
      [2, 0, 2],
      [3, 0, 3],
      [4, 0, undefined],
      [1, 2 * h, 2],
      [1, 3 * h, 3],
      [1, 3 * h + 0.5, undefined],
    ])('leaves %i rows and a sum of %d on both sides', (minimumRows, minimumHessian, bin) => {
      // A bound that no rounding meets.
      const bound = h === 1 ? minimumHessian : Math.max(0, minimumHessian - 0.25);
      expect(splitOf(x, gradients, h, { minimumRows, minimumHessian: bound, l2: 0 })?.bin).toBe(bin);
    });

    it('weighs the penalty on both sides', () => {
      const score = (sum: number, count: number) => sum ** 2 / (count * h + 5);
      expect(splitOf([1, 1, 2], [1, 1, -4], h, { ...none, l2: 5 })).toEqual({
        feature: 0,
        bin: 1,
        missingLeft: true,
        gain: Number((score(2, 2) + score(-4, 1) - score(-2, 3)).toFixed(6)),
        count: 2,
      });
    });
  });
});

describe('findLevelSplit', () => {
  it('finds the gain of a search through every split that all nodes take', () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const p = { ...drawn, hessians: undefined };
        const { columns, nodes, rules } = histogramsOf(p);
        const split = findLevelSplit(nodes, columns, p.bins, rules);
        expect(split?.gain ?? 0).toBeCloseTo(bestPlainGain(p, p.nodes), 6);
      }),
      { numRuns: 80 },
    );
  });
});

describe('HistogramBuilder', () => {
  it('gives exactly the same sums in any order of rows, by columns one by one, and by subtraction', () => {
    fc.assert(
      fc.property(problem, (p) => {
        const { kernel, packed, builder, columns } = histogramsOf(p);
        const rows = kernel.indices(p.bins.rows);
        rows.set(range(0, p.bins.rows));
        const reversed = kernel.indices(rows.length);
        reversed.set(rows.toReversed());
        const whole = builder.build(packed, columns, rows, 0, rows.length);
        const backwards = builder.build(packed, columns, reversed, 0, rows.length);
        expect(backwards).toEqual(whole);
        const one = builder.build(packed, Int32Array.of(7, 2), rows, 0, rows.length);
        expect(one.cells.subarray(0, 256)).toEqual(whole.cells.subarray(7 * 256, 8 * 256));
        expect(one.cells.subarray(256, 512)).toEqual(whole.cells.subarray(2 * 256, 3 * 256));
        const middle = Math.floor(rows.length / 3);
        const first = builder.build(packed, columns, rows, 0, middle);
        const rest = builder.build(packed, columns, rows, middle, rows.length);
        expect(builder.subtract(whole, first)).toEqual(rest);
      }),
      { numRuns: 50 },
    );
  });
});
