import { targetCoverage } from '@daytrade/contracts/objective';

/** Sessions over which the promise is judged. */
const window = 250;

/** Coverage over 250 sessions and all symbols that the objective allows; outside, a method is demoted. */
export const coverageObjective = { low: 0.915, high: 0.945 } as const;

/** What a method's intervals did in each of the newest 250 sessions, oldest first. */
export interface MethodRecordState {
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
    return this.#inside.length === window ? sum(this.#inside) / sum(this.#judged) : undefined;
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

  /** True when 250 sessions are known and their coverage is outside the objective. */
  get broken(): boolean {
    const { coverage } = this;
    return coverage !== undefined && (coverage < coverageObjective.low || coverage > coverageObjective.high);
  }

  state(): MethodRecordState {
    return { inside: Float64Array.from(this.#inside), judged: Float64Array.from(this.#judged) };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
