import { type EnsembleMethod, ensembleMethods, type IntervalMethod } from './interval-method.ts';
import { MethodRecord, type MethodRecordState } from './method-record.ts';

/** The method of the evening: the sharpest on every set of real bars that was tried (docs/decisions/0008). */
const fixedMethod: EnsembleMethod = 'ensemble-regime';

/** What the choice remembers; plain data. */
export interface MethodChoiceState {
  readonly records: Readonly<Record<EnsembleMethod, MethodRecordState>>;
}

/** What one session said about a method: counts over symbols. */
export interface SessionOutcome {
  readonly inside: number;
  readonly judged: number;
}

/**
 * Which method is published: one that was fixed beforehand, since to follow whichever was sharpest lately never paid.
 * Only the service level objective moves it, by outcomes that are known: while the coverage of the fixed method over
 * the newest 250 sessions is outside of the objective, the method of the ensemble that is closest to the target stands
 * in; while all are outside, the yardstick `har`.
 */
export class MethodChoice {
  readonly #records: Readonly<Record<EnsembleMethod, MethodRecord>>;
  readonly #fixed: EnsembleMethod;

  constructor(state?: MethodChoiceState, fixed: EnsembleMethod = fixedMethod) {
    this.#fixed = fixed;
    this.#records = byMethod((method) => new MethodRecord(state?.records[method]));
  }

  /** The method to publish now. */
  get published(): IntervalMethod {
    const records = this.#records;
    if (!records[this.#fixed].broken) return this.#fixed;
    const nearest = ensembleMethods.reduce((best, method) =>
      records[method].strain < records[best].strain ? method : best,
    );
    return records[nearest].broken ? 'har' : nearest;
  }

  observe(outcomes: Readonly<Record<EnsembleMethod, SessionOutcome>>): void {
    for (const method of ensembleMethods)
      this.#records[method].observe(outcomes[method].inside, outcomes[method].judged);
  }

  state(): MethodChoiceState {
    return { records: byMethod((method) => this.#records[method].state()) };
  }
}

/** One value for each method of the ensemble. */
export function byMethod<T>(make: (method: EnsembleMethod) => T): Record<EnsembleMethod, T> {
  return Object.fromEntries(ensembleMethods.map((method) => [method, make(method)])) as Record<EnsembleMethod, T>;
}
