import { knownMean } from '../members/session-values.ts';

/** Newest sessions that the usual volume is the mean of. */
const profileSessions = 20;

/** Shares that each symbol has usually traded by a time of the day, from finished sessions. */
export class VolumeProfile {
  readonly #newest: readonly number[][];

  constructor(symbols: number) {
    this.#newest = Array.from({ length: symbols }, () => []);
  }

  /** Takes what each symbol had traded by that time in a session that has ended; NaN is passed over. */
  observe(volume: Float64Array): void {
    for (const [s, newest] of this.#newest.entries()) {
      if (Number.isNaN(volume[s]!)) continue;
      newest.push(volume[s]!);
      if (newest.length > profileSessions) newest.shift();
    }
  }

  /** Mean of the newest sessions by symbol; NaN before the first. */
  usual(): Float64Array {
    return Float64Array.from(this.#newest, (newest) => knownMean(Float64Array.from(newest)));
  }
}
