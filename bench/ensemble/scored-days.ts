import type { JudgedForecast } from '@daytrade/ensemble';
import { skillInterval } from '../harness/block-bootstrap.ts';

const basisPoint = 1e-4;

/** The share of closes that may lie outside an interval. */
export const targetMiss = 0.07;

/** The interval score of Winkler (1972) at a miss rate of 7 %, in the unit of the bounds; lower is better. */
export function winklerScore(low: number, high: number, outcome: number): number {
  const below = Math.max(0, low - outcome);
  const above = Math.max(0, outcome - high);
  return high - low + (2 / targetMiss) * (below + above);
}

/** Winkler score of a judged interval in log return, whatever price it was made from. */
export function scoreOf({ lower, upper, close }: Pick<JudgedForecast, 'lower' | 'upper' | 'close'>): number {
  return winklerScore(Math.log(lower), Math.log(upper), Math.log(close!));
}

/** Scores of two methods on the same symbol-days, summed by session. */
export class ScoredDays {
  readonly #days = new Map<string, { ours: number; peer: number }>();
  #count = 0;

  add(session: string, ours: number, peer: number): void {
    const day = this.#days.get(session) ?? { ours: 0, peer: 0 };
    this.#days.set(session, { ours: day.ours + ours, peer: day.peer + peer });
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  get days(): number {
    return this.#days.size;
  }

  /** Mean scores, basis points. */
  get oursBp(): number {
    return this.#sum('ours') / this.#count / basisPoint;
  }

  get peerBp(): number {
    return this.#sum('peer') / this.#count / basisPoint;
  }

  /** By how many percent ours is lower. */
  get percentLower(): number {
    return 100 * (1 - this.#sum('ours') / this.#sum('peer'));
  }

  /** The day-block interval of that, in words. */
  get interval(): string {
    const days = [...this.#days.values()];
    const { low, high } = skillInterval(
      days.map(({ ours }) => ours),
      days.map(({ peer }) => peer),
    );
    return `day-block interval ${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)} %`;
  }

  #sum(side: 'ours' | 'peer'): number {
    return [...this.#days.values()].reduce((sum, day) => sum + day[side], 0);
  }
}
