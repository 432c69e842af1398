import { type EnsembleMethod, ensembleMethods, type IntervalMethod } from './interval-method.ts';
import { MethodRecord, type MethodRecordState } from './method-record.ts';

/**
 * The method that is published until 250 sessions are known: the sharpest on two sets of real bars
 * (docs/decisions/0008).
 */
const firstMethod: EnsembleMethod = 'ensemble-regime';

/** How much lower another method's Winkler score must be before it is published: smaller differences are chance. */
const leastGain = 0.005;

/** What the choice remembers; plain data. */
export interface MethodChoiceState {
  readonly current: EnsembleMethod;
  readonly records: Readonly<Record<EnsembleMethod, MethodRecordState>>;
}

/** What one session said about a method: counts over symbols, and the sum of the Winkler scores. */
export interface SessionOutcome {
  readonly inside: number;
  readonly judged: number;
  readonly winkler: number;
}

/**
 * Which method is published, from the newest 250 sessions whose outcomes are known: the one with the best Winkler score
 * among those whose coverage is safe. The method before stays as long as it is safe and no other is better by half a
 * percent. When none is safe, the one closest to the target; when all are outside the objective, the fallback
 * `ewma-adaptive`.
 */
export class MethodChoice {
  readonly #records: Readonly<Record<EnsembleMethod, MethodRecord>>;
  #current: EnsembleMethod;

  constructor(state?: MethodChoiceState) {
    this.#records = byMethod((method) => new MethodRecord(state?.records[method]));
    this.#current = state?.current ?? firstMethod;
  }

  /** The method to publish now. */
  get published(): IntervalMethod {
    return ensembleMethods.every((method) => this.#records[method].broken) ? 'ewma-adaptive' : this.#current;
  }

  observe(outcomes: Readonly<Record<EnsembleMethod, SessionOutcome>>): void {
    for (const method of ensembleMethods) {
      const { inside, judged, winkler } = outcomes[method];
      this.#records[method].observe(inside, judged, winkler);
    }
    if (this.#records[this.#current].full) this.#current = this.#choose();
  }

  state(): MethodChoiceState {
    return { current: this.#current, records: byMethod((method) => this.#records[method].state()) };
  }

  #choose(): EnsembleMethod {
    const records = this.#records;
    const safe = ensembleMethods.filter((method) => records[method].safe);
    if (safe.length === 0) return least(ensembleMethods, (method) => records[method].strain);
    const best = least(safe, (method) => records[method].winkler);
    const current = records[this.#current];
    const stays = current.safe && records[best].winkler > (1 - leastGain) * current.winkler;
    return stays ? this.#current : best;
  }
}

/** One value for each method of the ensemble. */
export function byMethod<T>(make: (method: EnsembleMethod) => T): Record<EnsembleMethod, T> {
  return Object.fromEntries(ensembleMethods.map((method) => [method, make(method)])) as Record<EnsembleMethod, T>;
}

/** The first of those with the smallest value. */
function least(methods: readonly EnsembleMethod[], value: (method: EnsembleMethod) => number): EnsembleMethod {
  return methods.reduce((best, method) => (value(method) < value(best) ? method : best));
}
