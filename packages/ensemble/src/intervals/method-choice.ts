import { targetCoverage } from '@daytrade/contracts/objective';
import { sumOf } from '@daytrade/series';

/**
 * Methods that put an interval around the ensemble's forecast; all are judged on every session, one is published.
 *
 * - `ensemble-split`: centre and scale of the ensemble, split conformal, each symbol its own scores.
 * - `ensemble-quantile`: conformalised quantile regression on the quantile head.
 * - `ensemble-regime`: the same with the mean of two margins: the symbol's own, and the Mondrian one of all symbols in
 *   its regime; all widths times a level that follows the coverage of all symbols.
 */
export const ensembleMethods = ['ensemble-split', 'ensemble-quantile', 'ensemble-regime'] as const;

export type EnsembleMethod = (typeof ensembleMethods)[number];

/** The method of a published interval: one of the ensemble, or the yardstick while all of them are demoted. */
export type IntervalMethod = EnsembleMethod | 'har';

/** The method of the evening: the sharpest on every set of real bars that was tried (docs/decisions/0008). */
const fixedMethod: EnsembleMethod = 'ensemble-regime';

/** The state of the choice; plain data. */
export interface MethodChoiceState {
  readonly records: Readonly<Record<EnsembleMethod, MethodRecordState>>;
}

/** The outcome of one session for a method: counts over symbols. */
export interface SessionOutcome {
  readonly inside: number;
  readonly judged: number;
}

/**
 * Chooses the published method: one fixed beforehand, since following the recently sharpest never paid. Only the
 * service level objective moves it, by outcomes that are known: while the coverage of the fixed method over the newest
 * 250 sessions is outside of the objective, the method of the ensemble that is closest to the target stands in; while
 * all are outside, the yardstick `har`.
 */
export class MethodChoice {
  readonly #records: Readonly<Record<EnsembleMethod, MethodRecord>>;
  readonly #fixed: EnsembleMethod;

  constructor(state?: MethodChoiceState, fixed: EnsembleMethod = fixedMethod) {
    this.#fixed = fixed;
    this.#records = byMethod((method) => new MethodRecord(state?.records[method]));
  }

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

/** Sessions over which the promise is judged. */
const window = 250;

/** Coverage over 250 sessions and all symbols that the objective allows; outside, a method is demoted. */
export const coverageObjective = { low: 0.915, high: 0.945 } as const;

/** Counts of a method in each of the newest 250 sessions, oldest first. */
interface MethodRecordState {
  readonly inside: Float64Array;
  readonly judged: Float64Array;
}

/** Says when a method breaks the objective, from outcomes that are known. */
export class MethodRecord {
  readonly #inside: number[];
  readonly #judged: number[];

  constructor(state?: MethodRecordState) {
    this.#inside = [...(state?.inside ?? [])];
    this.#judged = [...(state?.judged ?? [])];
  }

  /** Takes one session's counts; a session without an outcome is left out. */
  observe(inside: number, judged: number): void {
    if (judged === 0) return;
    this.#inside.push(inside);
    this.#judged.push(judged);
    if (this.#inside.length <= window) return;
    for (const values of [this.#inside, this.#judged]) values.shift();
  }

  /** Coverage of the newest 250 sessions; undefined until there are that many. */
  get coverage(): number | undefined {
    return this.#inside.length === window ? sumOf(this.#inside) / sumOf(this.#judged) : undefined;
  }

  /** Position of the coverage between the target (0) and the bound of the objective (1); 0 until it is known. */
  get strain(): number {
    const { coverage } = this;
    if (coverage === undefined) return 0;
    const bound = coverage < targetCoverage ? coverageObjective.low : coverageObjective.high;
    return (coverage - targetCoverage) / (bound - targetCoverage);
  }

  /** True when 250 sessions are known and their coverage is outside the objective. */
  get broken(): boolean {
    const { coverage } = this;
    return coverage !== undefined && (coverage < coverageObjective.low || coverage > coverageObjective.high);
  }

  state(): MethodRecordState {
    return { inside: Float64Array.from(this.#inside), judged: Float64Array.from(this.#judged) };
  }
}
