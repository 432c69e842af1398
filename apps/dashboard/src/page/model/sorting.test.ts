import { expect, it } from 'vitest';
import { nextSort, sortRows } from './sorting.ts';

it.each([
  [[3, null, 1, 2], false, [1, 2, 3, null]],
  [[3, null, 1, 2], true, [3, 2, 1, null]],
  [['ろ', 'は', 'い'], false, ['い', 'は', 'ろ']],
])('sorts %j, descending %s, with missing values last', (rows, descending, sorted) => {
  expect(sortRows<number | string | null>(rows, (row) => row, descending)).toEqual(sorted);
});

it.each([false, true])('keeps the order of equal rows, descending %s', (descending) => {
  const rows = [2, 1, 2, 1].map((value, place) => ({ value, place }));
  const equal = sortRows(rows, ({ value }) => value, descending).filter(({ value }) => value === 2);
  expect(equal.map(({ place }) => place)).toEqual([0, 2]);
});

it('turns a column round at the second click, and starts another one as it asks', () => {
  const first = nextSort({ column: 'symbol', descending: false }, 'width', true);
  expect(first).toEqual({ column: 'width', descending: true });
  expect(nextSort(first, 'width', true)).toEqual({ column: 'width', descending: false });
});
