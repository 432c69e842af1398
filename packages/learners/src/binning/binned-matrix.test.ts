import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf, range, simulate } from '../testing/simulated-data.ts';
import { binMatrix, rowStride, writeRowMajor } from './binned-matrix.ts';

const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }), fc.constant(NaN));

describe('binMatrix', () => {
  it('gives each different value a bin when there are few, with edges halfway and 0 for missing', () => {
    const bins = binMatrix(matrixOf({ x: [10, NaN, 30, 20, 20] }));
    expect([...bins.edges[0]!]).toEqual([15, 25]);
    expect([...bins.byColumn]).toEqual([1, 0, 3, 2, 2]);
  });

  it('puts a value into the bin whose edges enclose it, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 254 }),
        (x, maximumBins) => {
          const bins = binMatrix(matrixOf({ x }), undefined, { maximumBins });
          const edges = bins.edges[0]!;
          expect(edges.length).toBeLessThan(maximumBins);
          for (const [row, v] of x.entries()) {
            const bin = bins.byColumn[row]!;
            if (Number.isNaN(v)) expect(bin).toBe(0);
            else expect((edges[bin - 2] ?? -Infinity) < v && v <= (edges[bin - 1] ?? Infinity)).toBe(true);
          }
        },
      ),
    );
  });

  it('gives a frequent value a bin of its own', () => {
    const x = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0 : i - 1000));
    const bins = binMatrix(matrixOf({ x }), undefined, { maximumBins: 10 });
    const bin = bins.byColumn[0]!;
    const inBin = x.filter((_, row) => bins.byColumn[row] === bin);
    expect(new Set(inBin)).toEqual(new Set([0]));
    expect(bins.edges[0]!.length).toBe(9);
  });

  it('is on shared memory, and has the same bytes row by row, padded with zeros to 8 columns', () => {
    const { matrix } = simulate(1200, 2);
    const bins = binMatrix({ ...matrix, names: matrix.names.slice(0, 5), values: matrix.values.slice(0, 5 * 1200) });
    expect(bins.byColumn.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(rowStride(bins)).toBe(8);
    const byRow = new Uint8Array(8 * 1200);
    writeRowMajor(bins, byRow);
    for (let row = 0; row < 1200; row += 1) {
      const expected = Array.from({ length: 8 }, (_, f) => (f < 5 ? bins.byColumn[f * 1200 + row] : 0));
      expect([...byRow.subarray(row * 8, row * 8 + 8)]).toEqual(expected);
    }
  });

  it('learns edges from the named rows only: other rows do not move them', () => {
    const { matrix } = simulate(300, 3);
    const changed = { ...matrix, values: matrix.values.map((v, i) => (i % 300 < 200 ? v : v * 1000)) };
    expect(binMatrix(changed, range(0, 200)).edges).toEqual(binMatrix(matrix, range(0, 200)).edges);
  });
});
