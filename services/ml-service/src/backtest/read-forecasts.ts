import type { JudgedPrediction } from '@daytrade/contracts';
import { dayNumber } from '@daytrade/market';
import { type Panel, sharedArray } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';
import type { ForecastColumns } from '@daytrade/trading';

/**
 * The forecasts of the newest evaluation, each made by models that had not seen its session, on the axis of a panel and
 * in its prices; undefined without an evaluation.
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

/** A forecast in the prices of the bars now, which a split may have restated since. */
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

/** Sessions that are judged at least before skill is measured, as by an evaluation. */
const leastSessions = 60;
/** Deviations that the lower end of a 95 % interval lies below its mean. */
const ofInterval = 1.96;

/**
 * Before which sessions of a panel skill in the direction had been measured, 1 for yes: by the forecasts and the closes
 * of all sessions before, and none of those after. It asks what an evaluation asks: a hit rate whose interval is above
 * a coin and above saying "up" each day.
 *
 * @param centre the forecast of each close, at row `t * symbols + s`; NaN where there is none
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

/** The mean of what came so far, and how sure it is (Welford 1962). */
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

  /** The mean less some standard errors; -Infinity with too few sessions. */
  low(errors: number): number {
    if (this.#count < leastSessions) return -Infinity;
    return this.#mean - errors * Math.sqrt(this.#squares / (this.#count - 1) / this.#count);
  }
}
