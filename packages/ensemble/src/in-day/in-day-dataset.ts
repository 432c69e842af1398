import type { InDayHorizon } from '@daytrade/market';
import { type FeatureMatrix, sessionBars } from '@daytrade/series';
import { type Outcomes, ofMembers } from '../dataset.ts';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import { type InDayBars, knownAtHorizon } from './in-day-bars.ts';
import { inDayRow, type SessionColumns } from './session-columns.ts';

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
  const [symbols, sessions] = [panel.symbols.length, panel.days.length];
  const column = () => new Float64Array(symbols * sessions).fill(NaN);
  const [close, label, scale, lower, upper] = [column(), column(), column(), column(), column()];
  let [scaleColumns, centreColumns] = [noColumns, noColumns];
  for (const known of days) {
    if (known.session >= sessions) break;
    const now = knownAtHorizon(bars, known.session, horizon);
    if (now === undefined) continue;
    const from = (known.session - 1) * symbols;
    const row = inDayRow(horizon, known, now);
    if (scaleColumns === noColumns) {
      scaleColumns = emptyMatrix(row.scale, symbols * sessions);
      centreColumns = emptyMatrix(row.centre, symbols * sessions);
    }
    writeColumns(scaleColumns, row.scale, from);
    writeColumns(centreColumns, row.centre, from);
    close.set(row.price, from);
    scale.set(ofMembers(row.ewma, panel.members?.subarray(from, from + symbols)), from);
    lower.set(row.limits.lower, from);
    upper.set(row.limits.upper, from);
    const own = sessionBars(panel, known.session).close;
    for (let s = 0; s < symbols; s += 1) label[from + s] = Math.log(own[s]! / row.price[s]!);
  }
  return { symbols, sessions, close, label, scale, limits: { lower, upper }, scaleColumns, centreColumns };
}

const noColumns: FeatureMatrix = { names: [], rows: 0, values: new Float32Array(0) };

function emptyMatrix(columns: SessionColumns, rows: number): FeatureMatrix {
  const names = Object.keys(columns);
  return { names, rows, values: new Float32Array(names.length * rows).fill(NaN) };
}

/** Columns of one session as a matrix of its own, rounded as those of the dataset. */
export function sessionMatrix(columns: SessionColumns): FeatureMatrix {
  const matrix = emptyMatrix(columns, Object.values(columns)[0]!.length);
  writeColumns(matrix, columns, 0);
  return matrix;
}

function writeColumns({ names, rows, values }: FeatureMatrix, columns: SessionColumns, from: number): void {
  for (const [f, name] of names.entries()) values.set(columns[name]!, f * rows + from);
}
