import { DayTradeError } from '@daytrade/errors';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';

/** What a merge did to the bars of a symbol. */
export interface MergeCounts {
  /** Bars that were not there. */
  readonly added: number;
  /** Bars that were there with another value. */
  readonly changed: number;
  /** Bars that were there as they are. */
  readonly unchanged: number;
}

/** Bars of two, merged. */
export interface MergedColumns {
  readonly columns: Columns;
  readonly counts: MergeCounts;
  /** Of each merged bar, its position among the stored ones; -1 where it is a new or another one. */
  readonly kept: Int32Array;
}

/**
 * The bars of both, those of `incoming` where both have one.
 *
 * @throws DayTradeError `series.bars-invalid` when the axis of `incoming` does not rise strictly or columns differ in
 * length
 */
export function mergeColumns(stored: Columns, incoming: Columns): MergedColumns {
  checkAxis(incoming);
  if (stored.axis.length === 0) return onlyIncoming(incoming);
  const merged = columnsOfLength(stored.axis.length + incoming.axis.length);
  const kept = new Int32Array(merged.axis.length).fill(-1);
  const counts = { added: 0, changed: 0, unchanged: 0 };
  let length = 0;
  let s = 0;
  let i = 0;
  while (s < stored.axis.length || i < incoming.axis.length) {
    const storedAt = stored.axis[s] ?? Infinity;
    const incomingAt = incoming.axis[i] ?? Infinity;
    const isSame = storedAt === incomingAt && sameBar(stored, s, incoming, i);
    if (storedAt < incomingAt) copyBar(stored, s, merged, length);
    else copyBar(incoming, i, merged, length);
    if (storedAt < incomingAt || isSame) kept[length] = s;
    if (incomingAt < storedAt) counts.added += 1;
    else if (incomingAt === storedAt) counts[isSame ? 'unchanged' : 'changed'] += 1;
    if (storedAt <= incomingAt) s += 1;
    if (incomingAt <= storedAt) i += 1;
    length += 1;
  }
  return { columns: firstBars(merged, length), counts, kept: kept.subarray(0, length) };
}

/** Of a symbol that has none: nearly all bars of a first import, which are not copied for it. */
function onlyIncoming(incoming: Columns): MergedColumns {
  const length = incoming.axis.length;
  const kept = new Int32Array(length).fill(-1);
  return { columns: incoming, counts: { added: length, changed: 0, unchanged: 0 }, kept };
}

function copyBar(from: Columns, at: number, to: Columns, position: number): void {
  to.axis[position] = from.axis[at]!;
  for (const name of valueNames) to[name][position] = from[name][at]!;
}

function sameBar(a: Columns, i: number, b: Columns, j: number): boolean {
  return valueNames.every((name) => Object.is(a[name][i], b[name][j]));
}

function firstBars(columns: Columns, length: number): Columns {
  const first = columnsOfLength(length);
  first.axis.set(columns.axis.subarray(0, length));
  for (const name of valueNames) first[name].set(columns[name].subarray(0, length));
  return first;
}

function checkAxis(columns: Columns): void {
  const length = columns.axis.length;
  if (valueNames.some((name) => columns[name].length !== length)) {
    throw new DayTradeError('series.bars-invalid', 'bars to store: the columns differ in length');
  }
  for (let i = 1; i < length; i += 1) {
    if (columns.axis[i]! > columns.axis[i - 1]!) continue;
    throw new DayTradeError('series.bars-invalid', `bars to store: bar ${i + 1} is not later than the one before it`);
  }
}
