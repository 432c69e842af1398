import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binMatrix } from '../binning/binned-matrix.ts';
import { matrixOf, range } from '../testing/simulated-data.ts';
import { RowPartition, spareLength } from './row-partition.ts';

describe('RowPartition', () => {
  it('keeps every row, in order on both sides, and touches nothing outside its part', () => {
    const bins = fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(NaN)), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(bins, fc.integer({ min: 1, max: 7 }), fc.boolean(), (x, bin, missingLeft) => {
        const binned = binMatrix(matrixOf({ x }));
        const bytes = { bytes: binned.byColumn, columnStep: x.length, rowStep: 1 };
        const partition = new RowPartition(bytes, range(0, x.length), {
          rows: new Int32Array(x.length),
          spare: new Int32Array(spareLength(x.length)),
        });
        const goesLeft = (row: number) => (binned.byColumn[row] === 0 ? missingLeft : binned.byColumn[row]! <= bin);
        const part = [...range(2, x.length - 2)];
        const split = { feature: 0, bin, missingLeft, gain: 1 };
        const middle = partition.split(2, x.length - 2, split, part.filter(goesLeft).length);
        expect([...partition.rows.subarray(2, middle)]).toEqual(part.filter(goesLeft));
        expect([...partition.rows.subarray(middle, x.length - 2)]).toEqual(part.filter((row) => !goesLeft(row)));
        expect([...partition.rows.subarray(0, 2)]).toEqual([0, 1]);
        expect([...partition.rows.subarray(x.length - 2)]).toEqual([x.length - 2, x.length - 1]);
      }),
    );
  });
});
