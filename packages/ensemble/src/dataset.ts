import {
  computeFeatures,
  type LimitBands,
  type LogReturnColumn,
  limitColumns,
  mapBars,
  mapDividends,
  mapOwn,
  nextSessionLogReturn,
  onSharedMemory,
  type Panel,
  type PanelDividends,
  type SessionIndex,
  sharedFeatures,
} from '@daytrade/series';
import { ewmaScale } from './intervals/ewma-scale.ts';

/**
 * The data of each row besides its features. Rows are (session t, symbol s) at `t * symbols + s`. The numbers lie on
 * SharedArrayBuffers, so a task in another thread gets them without a copy.
 */
export interface Outcomes {
  readonly symbols: number;
  readonly sessions: number;
  readonly close: Float64Array;
  /** y: log return to the next session's close, NaN without one. */
  readonly label: LogReturnColumn;
  /** EWMA scale v, known at the row; NaN before 20 returns. */
  readonly scale: LogReturnColumn;
  readonly limits: LimitBands;
  /** Dividends of the row's own session, and what was expected for the next one; undefined where none is known. */
  readonly dividends?: PanelDividends | undefined;
}

/**
 * The training data of members: the outcomes and the features, where column `f` of row `r` is `values[f * rows + r]`,
 * also on a SharedArrayBuffer.
 */
export interface Dataset extends Outcomes {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Float32Array;
}

/** The columns that decide which rows can be trained on. */
export type LabelledRows = Pick<Outcomes, 'symbols' | 'sessions' | 'label' | 'scale'>;

/** Largest |z| = |y / v| that members are trained on: a crash must not steer a mean. */
const largestOutcome = 6;

/** Makes the dataset of a panel. Every value of a row except the label depends only on its session and those before. */
export function buildDataset(panel: Panel): Dataset {
  const { names, rows, values } = computeFeatures(panel, { allocate: sharedFeatures });
  const { label, scale, ...size } = labelledRows(panel);
  return {
    names,
    ...size,
    rows,
    values,
    close: onSharedMemory(panel.close),
    label: onSharedMemory(label),
    scale: onSharedMemory(scale),
    limits: limitColumns(panel),
    dividends: mapDividends(panel.dividends, onSharedMemory),
  };
}

/** The labels and scales of a panel, without the features. */
function labelledRows(panel: Panel): LabelledRows {
  const [symbols, sessions] = [panel.symbols.length, panel.days.length];
  const label = nextSessionLogReturn(panel);
  return { symbols, sessions, label, scale: ofMembers(ewmaScale(label, symbols), panel.members) };
}

/**
 * Values of rows, NaN where the symbol was not a member at the session. Without a scale a row is neither learned from
 * nor forecast; what was before it joined is still known to its features.
 */
export function ofMembers(values: Float64Array, members: Uint8Array | undefined): Float64Array {
  return members === undefined ? values : values.map((value, row) => (members[row] === 1 ? value : NaN));
}

/** A dataset's outcomes without its features: what is handed on does not keep them in memory. */
export function outcomesOf({ symbols, sessions, close, label, scale, limits, dividends }: Dataset): Outcomes {
  return { symbols, sessions, close, label, scale, limits, dividends };
}

/** Rows of sessions `from` to `to` (exclusive) that have a label and a scale: what a member can be trained on. */
export function trainableRows(dataset: LabelledRows, from: SessionIndex, to: SessionIndex): Int32Array {
  return rowsWhere(dataset, from, to, (row) => Number.isFinite(dataset.label[row]! / dataset.scale[row]!));
}

/** Rows of sessions `from` to `to` (exclusive) that a forecast is made for: a bar at the session and a scale. */
export function predictableRows(
  dataset: Pick<Outcomes, 'symbols' | 'close' | 'scale'>,
  from: SessionIndex,
  to: SessionIndex,
): Int32Array {
  return rowsWhere(dataset, from, to, (row) => Number.isFinite(dataset.close[row]! * dataset.scale[row]!));
}

/** z = y / v, limited to +-6. */
export function scaledOutcome(dataset: Outcomes, row: number): number {
  return Math.min(largestOutcome, Math.max(-largestOutcome, dataset.label[row]! / dataset.scale[row]!));
}

/** A panel whose columns lie on SharedArrayBuffers. */
export function sharePanel(panel: Panel): Panel {
  return {
    symbols: panel.symbols,
    days: new Int32Array(sharedBytes(panel.days)),
    ...mapBars(panel, onSharedMemory),
    dividends: mapDividends(panel.dividends, onSharedMemory),
    ...(panel.members && { members: new Uint8Array(sharedBytes(panel.members)) }),
    ...mapOwn(panel.own, onSharedMemory),
  };
}

function sharedBytes({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer, byteOffset, byteLength));
  return shared;
}

function rowsWhere(
  dataset: Pick<Outcomes, 'symbols'>,
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
