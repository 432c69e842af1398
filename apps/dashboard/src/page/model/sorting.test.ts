import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSort, sortRows } from './sorting.ts';

describe('sorting', () => {
  it('puts rows without a value last in both directions', () => {
    const rows = [3, null, 1, 2];
    expect(sortRows(rows, (row) => row, false)).toEqual([1, 2, 3, null]);
    expect(sortRows(rows, (row) => row, true)).toEqual([3, 2, 1, null]);
  });

  it('keeps the order of rows that are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 })), fc.boolean(), (values, descending) => {
        const rows = values.map((value, place) => ({ value, place }));
        const sorted = sortRows(rows, ({ value }) => value, descending);
        for (const [index, row] of sorted.entries()) {
          const before = sorted[index - 1];
          if (before?.value === row.value) expect(before.place).toBeLessThan(row.place);
        }
      }),
    );
  });

  it('turns a column round at the second click and starts another one as it asks for', () => {
    const first = nextSort({ column: 'symbol', descending: false }, 'width', true);
    expect(first).toEqual({ column: 'width', descending: true });
    expect(nextSort(first, 'width', true)).toEqual({ column: 'width', descending: false });
  });
});
