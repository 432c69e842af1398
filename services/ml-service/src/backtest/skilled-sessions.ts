import type { Panel } from '@daytrade/series';

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
