import {
  computeFeatures,
  type LogReturnColumn,
  nextSessionLogReturn,
  type Panel,
  type SessionIndex,
  scaleFreeNames,
} from '@daytrade/series';
import { ewmaScale } from '../intervals/ewma-scale.ts';

/**
 * What members are trained on and judged by. Rows are (session t, symbol s) at `t * symbols + s`; column `f` of row `r`
 * is `values[f * rows + r]`. The numbers lie on SharedArrayBuffers, so a task in another thread gets them without a
 * copy.
 */
export interface Dataset {
  readonly names: readonly string[];
  readonly symbols: number;
  readonly sessions: number;
  readonly rows: number;
  readonly values: Float64Array;
  readonly close: Float64Array;
  /** y: log return to the next session's close, NaN where there is none. */
  readonly label: LogReturnColumn;
  /** EWMA scale v, known at the row; NaN before 20 returns. */
  readonly scale: LogReturnColumn;
}

/** Largest |z| = |y / v| that members are trained on: a crash must not steer a mean. */
const largestOutcome = 6;

/**
 * Makes the dataset of a panel: every value of a row depends only on its session and those before, but for the label.
 */
export function buildDataset(panel: Panel): Dataset {
  const { names, rows, values } = computeFeatures(panel, { names: scaleFreeNames, allocate: sharedArray });
  const label = nextSessionLogReturn(panel);
  return {
    names,
    symbols: panel.symbols.length,
    sessions: panel.days.length,
    rows,
    values,
    close: sharedCopy(panel.close),
    label: sharedCopy(label),
    scale: sharedCopy(ewmaScale(label, panel.symbols.length)),
  };
}

/** Rows of sessions `from` to `to` (exclusive) that have a label and a scale: what a member can be trained on. */
export function trainableRows(dataset: Dataset, from: SessionIndex, to: SessionIndex): Int32Array {
  return rowsWhere(dataset, from, to, (row) => Number.isFinite(dataset.label[row]! / dataset.scale[row]!));
}

/** Rows of sessions `from` to `to` (exclusive) that a forecast is made for: a bar at the session and a scale. */
export function predictableRows(
  dataset: Pick<Dataset, 'symbols' | 'close' | 'scale'>,
  from: SessionIndex,
  to: SessionIndex,
): Int32Array {
  return rowsWhere(dataset, from, to, (row) => Number.isFinite(dataset.close[row]! * dataset.scale[row]!));
}

/** z = y / v, limited to +-6. */
export function scaledOutcome(dataset: Dataset, row: number): number {
  return Math.min(largestOutcome, Math.max(-largestOutcome, dataset.label[row]! / dataset.scale[row]!));
}

/** A panel whose columns lie on SharedArrayBuffers. */
export function sharePanel(panel: Panel): Panel {
  return {
    symbols: panel.symbols,
    days: new Int32Array(new SharedArrayBuffer(panel.days.byteLength)).map((_, t) => panel.days[t]!),
    open: sharedCopy(panel.open),
    high: sharedCopy(panel.high),
    low: sharedCopy(panel.low),
    close: sharedCopy(panel.close),
    volume: sharedCopy(panel.volume),
  };
}

function rowsWhere(
  dataset: Pick<Dataset, 'symbols'>,
  from: SessionIndex,
  to: SessionIndex,
  holds: (row: number) => boolean,
): Int32Array {
  const last = to * dataset.symbols;
  const rows = new Int32Array(Math.max(0, last - from * dataset.symbols));
  let count = 0;
  for (let row = from * dataset.symbols; row < last; row += 1) {
    if (!holds(row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.slice(0, count);
}

function sharedCopy(values: Float64Array): Float64Array {
  const copy = sharedArray(values.length);
  copy.set(values);
  return copy;
}

function sharedArray(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}
