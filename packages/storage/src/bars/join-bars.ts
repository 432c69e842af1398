import { type FileBars, unknownOrigins } from './bar-origins.ts';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';

/** The bars of both, in time; of a day that both have, that of the first. */
export function joinColumns(first: Columns, second: Columns): Columns {
  if (second.axis.length === 0) return first;
  return columnsAt(first, second, rowsOfBoth(first.axis, second.axis));
}

/** As {@link joinColumns}, with where the bars came from. */
export function joinBars(first: FileBars, second: FileBars): FileBars {
  if (second.columns.axis.length === 0) return first;
  const rows = rowsOfBoth(first.columns.axis, second.columns.axis);
  const sources = [...new Set([...first.origins.sources, ...second.origins.sources])];
  const origins = { ...unknownOrigins(rows.length), sources };
  for (const [at, row] of rows.entries()) {
    const [from, position] = row >= 0 ? [first.origins, row] : [second.origins, -row - 1];
    const name = from.sources[from.source[position]!];
    if (name === undefined) continue;
    origins.source[at] = sources.indexOf(name);
    origins.fetchedAt[at] = from.fetchedAt[position]!;
  }
  return { columns: columnsAt(first.columns, second.columns, rows), origins };
}

/** Of each bar of both, its row in the first, or -1 and below for rows 0 and on of the second. */
function rowsOfBoth(first: Float64Array, second: Float64Array): Int32Array {
  const rows = new Int32Array(first.length + second.length);
  let length = 0;
  let other = 0;
  for (let own = 0; own < first.length; own += 1) {
    for (; other < second.length && second[other]! < first[own]!; other += 1) rows[length++] = -other - 1;
    if (second[other] === first[own]) other += 1;
    rows[length++] = own;
  }
  for (; other < second.length; other += 1) rows[length++] = -other - 1;
  return rows.subarray(0, length);
}

function columnsAt(first: Columns, second: Columns, rows: Int32Array): Columns {
  const joined = columnsOfLength(rows.length);
  for (const name of ['axis', ...valueNames] as const) {
    const [own, other, target] = [first[name], second[name], joined[name]];
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at]!;
      target[at] = row >= 0 ? own[row]! : other[-row - 1]!;
    }
  }
  return joined;
}
