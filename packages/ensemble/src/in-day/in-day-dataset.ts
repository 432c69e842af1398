import type { InDayHorizon } from '@daytrade/market';
import { type FeatureMatrix, type LimitBands, type Panel, sessionBars } from '@daytrade/series';
import { type Outcomes, ofMembers } from '../dataset.ts';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import { type InDayBars, knownAtHorizon } from './in-day-bars.ts';
import { type InDayRow, InDayRows, type SessionColumns } from './session-columns.ts';

/**
 * The training and evaluation data of a horizon. Row `t * symbols + s` is the forecast of the close of session t + 1,
 * made within that session: as in the dataset of the next close, what it knows beyond session t is the session so far,
 * and its label is known when the row of t + 1 is made. `close` is the price that it is made from.
 */
export interface InDayDataset extends Outcomes {
  readonly scaleColumns: FeatureMatrix;
  readonly centreColumns: FeatureMatrix;
}

/**
 * Makes the dataset of a horizon; rows of sessions of which nothing was known at it are NaN.
 *
 * @param days what {@link dailySessions} says of the sessions of these bars, from the first with the horizon on; where
 * many horizons need it, it is gone through once for all
 */
export function buildInDayDataset(
  bars: InDayBars,
  horizon: InDayHorizon,
  days: Iterable<DailyKnown> = dailySessions(bars, horizon === 'close@08:30'),
): InDayDataset {
  const { panel } = bars;
  const rows = new InDayRows(horizon);
  const builder = new DatasetBuilder(panel);
  for (const known of days) {
    if (known.session >= panel.days.length) break;
    const now = knownAtHorizon(bars, known.session, horizon);
    if (now !== undefined) {
      builder.add(known.session - 1, rows.row(known, now), sessionBars(panel, known.session).close);
    }
  }
  return builder.dataset();
}

class DatasetBuilder {
  readonly #symbols: number;
  readonly #sessions: number;
  readonly #members: Uint8Array | undefined;
  readonly #close: Float64Array;
  readonly #label: Float64Array;
  readonly #scale: Float64Array;
  readonly #limits: LimitBands;
  #scaleColumns: FeatureMatrix = { names: [], rows: 0, values: new Float32Array(0) };
  #centreColumns = this.#scaleColumns;

  constructor({ symbols: { length: symbols }, days: { length: sessions }, members }: Panel) {
    const column = () => new Float64Array(symbols * sessions).fill(NaN);
    this.#symbols = symbols;
    this.#sessions = sessions;
    this.#members = members;
    this.#close = column();
    this.#label = column();
    this.#scale = column();
    this.#limits = { lower: column(), upper: column() };
  }

  add(t: number, row: InDayRow, close: Float64Array): void {
    const from = t * this.#symbols;
    if (this.#scaleColumns.rows === 0) {
      this.#scaleColumns = this.#emptyMatrix(row.scale);
      this.#centreColumns = this.#emptyMatrix(row.centre);
    }
    writeColumns(this.#scaleColumns, row.scale, from);
    writeColumns(this.#centreColumns, row.centre, from);
    this.#close.set(row.price, from);
    this.#scale.set(ofMembers(row.ewma, this.#members?.subarray(from, from + this.#symbols)), from);
    this.#limits.lower.set(row.limits.lower, from);
    this.#limits.upper.set(row.limits.upper, from);
    for (let s = 0; s < close.length; s += 1) this.#label[from + s] = Math.log(close[s]! / row.price[s]!);
  }

  dataset(): InDayDataset {
    return {
      symbols: this.#symbols,
      sessions: this.#sessions,
      close: this.#close,
      label: this.#label,
      scale: this.#scale,
      limits: this.#limits,
      scaleColumns: this.#scaleColumns,
      centreColumns: this.#centreColumns,
    };
  }

  #emptyMatrix(columns: SessionColumns): FeatureMatrix {
    const names = Object.keys(columns);
    const rows = this.#symbols * this.#sessions;
    return { names, rows, values: new Float32Array(names.length * rows).fill(NaN) };
  }
}

/** Columns of one session as a matrix of its own, rounded as those of the dataset. */
export function sessionMatrix(columns: SessionColumns): FeatureMatrix {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  const matrix = { names, rows, values: new Float32Array(names.length * rows) };
  writeColumns(matrix, columns, 0);
  return matrix;
}

function writeColumns({ names, rows, values }: FeatureMatrix, columns: SessionColumns, from: number): void {
  for (const [f, name] of names.entries()) values.set(columns[name]!, f * rows + from);
}
