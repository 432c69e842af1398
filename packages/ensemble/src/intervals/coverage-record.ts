/** Sessions over which the promise is judged. */
const window = 250;

/** Coverage over 250 sessions and all symbols that the objective allows; outside, the ensemble is demoted. */
export const coverageObjective = { low: 0.915, high: 0.945 } as const;

/** How many outcomes of each session were inside, for the newest 250 sessions. */
export interface CoverageState {
  /** Oldest first. */
  readonly inside: Float64Array;
  readonly judged: Float64Array;
}

/** Says when the ensemble's intervals break their objective, from outcomes that are known. */
export class CoverageRecord {
  readonly #inside: number[];
  readonly #judged: number[];

  constructor(state?: CoverageState) {
    this.#inside = [...(state?.inside ?? [])];
    this.#judged = [...(state?.judged ?? [])];
  }

  /** Takes one session's counts; a session without an outcome is left out. */
  observe(inside: number, judged: number): void {
    if (judged === 0) return;
    this.#inside.push(inside);
    this.#judged.push(judged);
    if (this.#inside.length <= window) return;
    this.#inside.shift();
    this.#judged.shift();
  }

  /** Coverage of the newest 250 sessions; undefined until there are so many. */
  get coverage(): number | undefined {
    if (this.#inside.length < window) return undefined;
    return sum(this.#inside) / sum(this.#judged);
  }

  /** True when 250 sessions are known and their coverage is outside the objective. */
  get broken(): boolean {
    const { coverage } = this;
    return coverage !== undefined && (coverage < coverageObjective.low || coverage > coverageObjective.high);
  }

  state(): CoverageState {
    return { inside: Float64Array.from(this.#inside), judged: Float64Array.from(this.#judged) };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
