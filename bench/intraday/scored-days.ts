import type { JudgedForecast } from '@daytrade/ensemble';
import { winklerScore } from '../ensemble/winkler.ts';
import { skillInterval } from '../harness/block-bootstrap.ts';

const basisPoint = 1e-4;

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
