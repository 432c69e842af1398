import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Columns, columnsOfDailyBars } from './columns.ts';
import { mergeColumns } from './merge-columns.ts';

/** Bars whose prices all are the one given for their day. */
function columns(...bars: readonly (readonly [day: number, price: number])[]): Columns {
  const prices = Float64Array.from(bars, ([, price]) => price);
  return columnsOfDailyBars({
    days: Int32Array.from(bars, ([day]) => day),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: prices,
  });
}

const bars = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 3 })), { selector: ([day]) => day })
  .map((list) => columns(...list.sort(([a], [b]) => a - b)));

describe('merging bars', () => {
  it('counts what was not there, what had another value and what was there already', () => {
    const { columns: merged, counts } = mergeColumns(
      columns([1, 10], [2, 20], [4, 40]),
      columns([2, 20], [3, 30], [4, 44]),
    );
    expect(counts).toEqual({ added: 1, changed: 1, unchanged: 1 });
    expect([...merged.axis]).toEqual([1, 2, 3, 4]);
    expect([...merged.close]).toEqual([10, 20, 30, 44]);
  });

  it('changes nothing when the same bars come again', () => {
    fc.assert(
      fc.property(bars, bars, (stored, incoming) => {
        const once = mergeColumns(stored, incoming).columns;
        const twice = mergeColumns(once, incoming);
        expect(twice.columns).toEqual(once);
        expect(twice.counts).toEqual({ added: 0, changed: 0, unchanged: incoming.axis.length });
      }),
    );
  });

  it('keeps every day of both, strictly rising, with the incoming value where both have one', () => {
    fc.assert(
      fc.property(bars, bars, (stored, incoming) => {
        const { columns: merged, counts } = mergeColumns(stored, incoming);
        const expected = new Map([...stored.axis].map((day, i) => [day, stored.close[i]]));
        for (const [i, day] of incoming.axis.entries()) expected.set(day, incoming.close[i]);
        expect([...merged.axis]).toEqual([...expected.keys()].sort((a, b) => a - b));
        expect([...merged.close]).toEqual([...merged.axis].map((day) => expected.get(day)));
        expect(merged.axis.length).toBe(stored.axis.length + counts.added);
      }),
    );
  });

  it('refuses bars whose days do not rise, and columns of different length', () => {
    expect(() => mergeColumns(columns(), columns([2, 1], [2, 1]))).toThrow('bar 2 is not later than the one before it');
    expect(() => mergeColumns(columns(), { ...columns([1, 1]), close: new Float64Array(2) })).toThrow(
      'differ in length',
    );
  });
});
