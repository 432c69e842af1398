import type { Dataset } from '../dataset.ts';
import type { MemberTarget, Targeted } from './member-target.ts';
import { centredRanks, lessMean } from './session-values.ts';

/** What a member is fitted to: a target by row of the dataset, and the rows that have it. */
export interface FittedTarget {
  readonly target: Float64Array;
  readonly rows: Int32Array;
}

/**
 * The targets of members, each made once.
 *
 * @param rows training rows, session after session
 * @param outcome z by row of the dataset
 */
export class FittedTargets {
  readonly #made = new Map<MemberTarget, FittedTarget>();
  readonly #sessions: readonly Int32Array[];
  readonly #rows: Int32Array;
  readonly #outcome: Float64Array;
  readonly #label: Float64Array;

  constructor({ symbols, label }: Pick<Dataset, 'symbols' | 'label'>, rows: Int32Array, outcome: Float64Array) {
    this.#rows = rows;
    this.#outcome = outcome;
    this.#label = label;
    this.#sessions = sessionsOf(rows, symbols);
  }

  of({ target: kind = 'outcome' }: Targeted): FittedTarget {
    const made = this.#made.get(kind) ?? this.#make(kind);
    this.#made.set(kind, made);
    return made;
  }

  #make(kind: MemberTarget): FittedTarget {
    if (kind === 'outcome') return { target: this.#outcome, rows: this.#rows };
    const target = new Float64Array(this.#outcome.length).fill(NaN);
    if (kind === 'market') return { target, rows: this.#fillMarket(target) };
    for (const rows of this.#sessions) {
      const ofSession = kind === 'rank' ? this.#label : this.#outcome;
      const outcomes = Float64Array.from(rows, (row) => ofSession[row]!);
      const values = kind === 'relative' ? lessMean(outcomes) : centredRanks(outcomes);
      for (const [i, row] of rows.entries()) target[row] = values[i]!;
    }
    return { target, rows: this.#rows };
  }

  /** The first row of each session alone: what all symbols share is known of any of them. */
  #fillMarket(target: Float64Array): Int32Array {
    return Int32Array.from(this.#sessions, (rows) => {
      const first = rows[0]!;
      target[first] = rows.reduce((sum, row) => sum + this.#outcome[row]!, 0) / rows.length;
      return first;
    });
  }
}

/** The rows of each session, in order. */
function sessionsOf(rows: Int32Array, symbols: number): readonly Int32Array[] {
  const sessions: Int32Array[] = [];
  for (let from = 0; from < rows.length; ) {
    const end = (Math.floor(rows[from]! / symbols) + 1) * symbols;
    let to = from;
    while (to < rows.length && rows[to]! < end) to += 1;
    sessions.push(rows.subarray(from, to));
    from = to;
  }
  return sessions;
}
