/** Rows in the order of their keys: two processes that write the same ones wait, and do not block each other. */
export function inKeyOrder<Key extends string, Row extends Readonly<Record<Key, unknown>>>(
  rows: readonly Row[],
  key: readonly Key[],
): readonly Row[] {
  const keyOf = (row: Row) => key.map((column) => row[column]).join(' ');
  return rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
