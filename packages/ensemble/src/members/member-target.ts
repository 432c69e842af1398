import type { Dataset } from '../dataset.ts';
import { averageRanks } from '../metrics/ranks.ts';

/**
 * The part of z, the next log return in units of its EWMA scale, that a member predicts. Most of z is the market's
 * move, which is hardly predictable, so one member predicts it. The others learn a symbol's return relative to the
 * other symbols of the session. A member without a target predicts z itself.
 *
 * - `rank`: the rank of the log return among those of the session, with mean 0 and variance 1. Least squares on ranks
 * maximises the rank correlation, so this is the ranking objective.
 * - `scaled-rank`: the same of z, so that a symbol that moves much does not have the first or last place by that alone.
 * - `market`: the mean of z over the session.
 */
type MemberTarget = 'rank' | 'scaled-rank' | 'market';

/** A member, as far as its target goes. */
export interface Targeted {
  readonly target?: MemberTarget;
}

/** Returns true for targets relative to the other symbols: their mean over a session is 0. */
export function isMarketNeutral({ target }: Targeted): boolean {
  return target === 'rank' || target === 'scaled-rank';
}

/** Returns the members' predictions for combination, each market-neutral one less its mean. */
export function neutralised(centres: readonly Float64Array[], members: readonly Targeted[]): readonly Float64Array[] {
  return centres.map((centre, i) => (isMarketNeutral(members[i]!) ? lessMean(centre) : centre));
}

/** Returns the predictions without the market's part, which orders no symbols: 0 in its place, NaN stays NaN. */
export function orderingParts(centres: readonly Float64Array[], members: readonly Targeted[]): readonly Float64Array[] {
  return centres.map((centre, i) => (members[i]!.target === 'market' ? zeroWhereKnown(centre) : centre));
}

function zeroWhereKnown(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? NaN : 0));
}

/** Mean of the values that are known; NaN when none is. */
export function knownMean(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** The known values less their mean; NaN stays NaN. */
export function lessMean(values: Float64Array): Float64Array {
  const mean = knownMean(values);
  return values.map((value) => value - mean);
}

/** Ranks with mean 0 and the variance that many symbols have, 1; ties share their middle. 0 for one value alone. */
function centredRanks(values: Float64Array): Float64Array {
  const middle = (values.length + 1) / 2;
  return averageRanks(values).map((rank) => (Math.sqrt(12) * (rank - middle)) / values.length);
}

/** The fitted target: a value by row of the dataset, and the rows that have one. */
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

  of({ target: kind }: Targeted): FittedTarget {
    if (kind === undefined) return { target: this.#outcome, rows: this.#rows };
    const made = this.#made.get(kind) ?? this.#make(kind);
    this.#made.set(kind, made);
    return made;
  }

  #make(kind: MemberTarget): FittedTarget {
    const target = new Float64Array(this.#outcome.length).fill(NaN);
    if (kind === 'market') return { target, rows: this.#fillMarket(target) };
    for (const rows of this.#sessions) {
      const ofSession = kind === 'rank' ? this.#label : this.#outcome;
      const outcomes = Float64Array.from(rows, (row) => ofSession[row]!);
      for (const [i, rank] of centredRanks(outcomes).entries()) target[rows[i]!] = rank;
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
