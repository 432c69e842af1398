import type { JudgedPrediction } from '@daytrade/contracts';
import { dayNumber } from '@daytrade/market';
import { type Panel, sharedArray } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import type { ForecastColumns } from '@daytrade/trading';

/**
 * Returns the out-of-sample forecasts of the newest evaluation, in the rows and prices of a panel; undefined without an
 * evaluation.
 */
export async function readForecasts(
  { evaluations }: Pick<Stores, 'evaluations'>,
  panel: Panel,
  synthetic: boolean,
): Promise<ForecastColumns | undefined> {
  const archive = await evaluations.judgedArchive(synthetic);
  if (archive === undefined) return undefined;
  const column = () => sharedArray(panel.close.length).fill(NaN);
  const columns = { centre: column(), lower: column(), upper: column() };
  const sessions = new Map<number, number>(Array.from(panel.days, (day, t) => [day, t] as const));
  for (const [s, { symbol }] of panel.symbols.entries()) {
    for (const forecast of await archive.rowsOf(symbol)) {
      write(columns, panel, { forecast, s, t: sessions.get(dayNumber(forecast.session)) });
    }
  }
  return { ...columns, skilled: skilledSessions(panel, columns.centre) };
}

/** Writes a forecast in the present prices of the bars, which a split may have restated since. */
function write(
  columns: Omit<ForecastColumns, 'skilled'>,
  { symbols, close }: Panel,
  { forecast, s, t }: { readonly forecast: JudgedPrediction; readonly s: number; readonly t: number | undefined },
): void {
  if (t === undefined || t === 0) return;
  const row = t * symbols.length + s;
  const restated = close[row - symbols.length]! / forecast.lastClose;
  columns.centre[row] = (forecast.centre ?? NaN) * restated;
  columns.lower[row] = forecast.lower * restated;
  columns.upper[row] = forecast.upper * restated;
}

/** Judged sessions that a measurement of skill needs, as in an evaluation. */
const leastSessions = 60;
/** Standard errors between the mean and the lower end of a 95 % interval. */
const ofInterval = 1.96;

/**
 * Returns 1 for each session of a panel before which skill in the direction had been measured, from earlier sessions
 * alone. The criterion is that of an evaluation: a hit rate whose interval is above a coin and above "up" each day.
 *
 * @param centre forecast of each close, at row `t * symbols + s`; NaN where missing
 */
export function skilledSessions({ symbols, days, close }: Panel, centre: Float64Array): Uint8Array {
  const skilled = new Uint8Array(new SharedArrayBuffer(days.length));
  const hits = new RunningMean();
  let [rises, moved] = [0, 0];
  for (let t = 1; t < days.length; t += 1) {
    if (hits.low(ofInterval) > Math.max(0.5, rises / moved)) skilled[t] = 1;
    let [right, moves] = [0, 0];
    for (let s = 0; s < symbols.length; s += 1) {
      const row = t * symbols.length + s;
      const last = close[row - symbols.length]!;
      const [expected, move] = [Math.log(centre[row]! / last), Math.log(close[row]! / last)];
      if (!Number.isFinite(expected) || !Number.isFinite(move) || move === 0) continue;
      moves += 1;
      if (move > 0) rises += 1;
      if (move > 0 === expected > 0) right += 1;
    }
    if (moves === 0) continue;
    hits.add(right / moves);
    moved += moves;
  }
  return skilled;
}

/** Running mean with its standard error (Welford 1962). */
class RunningMean {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const away = value - this.#mean;
    this.#mean += away / this.#count;
    this.#squares += away * (value - this.#mean);
  }

  /** Returns the mean less some standard errors; -Infinity with too few sessions. */
  low(errors: number): number {
    if (this.#count < leastSessions) return -Infinity;
    return this.#mean - errors * Math.sqrt(this.#squares / (this.#count - 1) / this.#count);
  }
}
