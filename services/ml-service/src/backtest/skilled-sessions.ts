import { leastEdgeT } from '@daytrade/contracts/objective';
import { rankCorrelation } from '@daytrade/ensemble';
import type { Panel } from '@daytrade/series';

/** Symbols that a session needs before their order says something. */
const leastSymbols = 3;
/** Deviations that the lower end of a 95 % interval lies below its mean. */
const ofInterval = 1.96;

/**
 * Before which sessions of a panel skill in the direction had been measured, 1 for yes: by the forecasts and the closes
 * of all sessions before, and none of those after. It asks what an evaluation asks: a rank correlation of forecasts and
 * returns that luck does not reach, and a hit rate whose interval is above a coin and above saying "up" each day.
 *
 * @param centre the forecast of each close, at row `t * symbols + s`; NaN where there is none
 */
export function skilledSessions({ symbols, days, close }: Panel, centre: Float64Array): Uint8Array {
  const skilled = new Uint8Array(new SharedArrayBuffer(days.length));
  const [correlation, hits] = [new RunningMean(), new RunningMean()];
  let [rises, moved] = [0, 0];
  for (let t = 1; t < days.length; t += 1) {
    const isAhead = hits.low(ofInterval) > Math.max(0.5, moved > 0 ? rises / moved : 1);
    if (isAhead && correlation.low(leastEdgeT) > 0) skilled[t] = 1;
    const [forecast, real]: [number[], number[]] = [[], []];
    for (let s = 0; s < symbols.length; s += 1) {
      const row = t * symbols.length + s;
      const last = close[row - symbols.length]!;
      const [expected, move] = [Math.log(centre[row]! / last), Math.log(close[row]! / last)];
      if (!Number.isFinite(expected) || !Number.isFinite(move)) continue;
      forecast.push(expected);
      real.push(move);
    }
    const moves = real.flatMap((move, i) => (move === 0 ? [] : [move > 0 === forecast[i]! > 0 ? 1 : 0]));
    if (real.length < leastSymbols || moves.length === 0) continue;
    correlation.add(rankCorrelation(forecast, real));
    hits.add(moves.reduce((sum: number, hit) => sum + hit, 0) / moves.length);
    rises += real.filter((move) => move > 0).length;
    moved += moves.length;
  }
  return skilled;
}

/** The mean of what came so far, and how sure it is (Welford 1962). */
class RunningMean {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count += 1;
    const away = value - this.#mean;
    this.#mean += away / this.#count;
    this.#squares += away * (value - this.#mean);
  }

  /** The mean less some standard errors; -Infinity with fewer than two values. */
  low(errors: number): number {
    if (this.#count < 2) return -Infinity;
    return this.#mean - errors * Math.sqrt(this.#squares / (this.#count - 1) / this.#count);
  }
}
