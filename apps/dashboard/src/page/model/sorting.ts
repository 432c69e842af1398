/** The value to sort a row by. Null goes last in both directions. */
export type SortValue = number | string | null;

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in the order of a value; rows with equal values keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortBy: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const sign = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * compare(a.value, b.value);
    })
    .map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'ja');
}

/** The sort after a click on a column: the same column turns round, another one starts as asked for. */
export function nextSort(sort: Sort, column: string, startsDescending: boolean): Sort {
  return sort.column === column ? { column, descending: !sort.descending } : { column, descending: startsDescending };
}
