import { targetCoverage } from '@daytrade/contracts/objective';

/** Sessions over which the promise is judged. */
const window = 250;

/** Coverage over 250 sessions and all symbols that the objective allows; outside, a method is demoted. */
export const coverageObjective = { low: 0.915, high: 0.945 } as const;

/**
 * Share of the way from the target to a bound up to which a method is safe, so that another can take over before the
 * bound.
 */
const safeShare = 2 / 3;

/** What a method's intervals did in each of the newest 250 sessions, oldest first. */
export interface MethodRecordState {
  readonly inside: Float64Array;
  readonly judged: Float64Array;
  /** Sum of the Winkler scores over symbols, log return. */
  readonly winkler: Float64Array;
}

/** Says when a method breaks the objective and how sharp it is, from outcomes that are known. */
export class MethodRecord {
  readonly #inside: number[];
  readonly #judged: number[];
  readonly #winkler: number[];

  constructor(state?: MethodRecordState) {
    this.#inside = [...(state?.inside ?? [])];
    this.#judged = [...(state?.judged ?? [])];
    this.#winkler = [...(state?.winkler ?? [])];
  }

  /** Takes one session's counts and scores; a session without an outcome is left out. */
  observe(inside: number, judged: number, winkler: number): void {
    if (judged === 0) return;
    this.#inside.push(inside);
    this.#judged.push(judged);
    this.#winkler.push(winkler);
    if (this.#inside.length <= window) return;
    for (const values of [this.#inside, this.#judged, this.#winkler]) values.shift();
  }

  /** True when 250 sessions are known. */
  get full(): boolean {
    return this.#inside.length === window;
  }

  /** Coverage of the newest 250 sessions; undefined until there are that many. */
  get coverage(): number | undefined {
    return this.full ? sum(this.#inside) / sum(this.#judged) : undefined;
  }

  /** Mean Winkler score of the newest sessions, log return; NaN while none is known. */
  get winkler(): number {
    return sum(this.#winkler) / sum(this.#judged);
  }

  /**
   * How far the coverage is on its way from the target to the bound of the objective: 0 at the target, and while it is
   * not known.
   */
  get strain(): number {
    const { coverage } = this;
    if (coverage === undefined) return 0;
    const bound = coverage < targetCoverage ? coverageObjective.low : coverageObjective.high;
    return (coverage - targetCoverage) / (bound - targetCoverage);
  }

  /** True when 250 sessions are known and their coverage is not close to a bound of the objective. */
  get safe(): boolean {
    return this.strain <= safeShare;
  }

  /** True when 250 sessions are known and their coverage is outside the objective. */
  get broken(): boolean {
    const { coverage } = this;
    return coverage !== undefined && (coverage < coverageObjective.low || coverage > coverageObjective.high);
  }

  state(): MethodRecordState {
    return {
      inside: Float64Array.from(this.#inside),
      judged: Float64Array.from(this.#judged),
      winkler: Float64Array.from(this.#winkler),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
