import { lessMean } from './session-values.ts';

/**
 * What a member predicts of z, the next log return in units of its EWMA scale. The market's move is most of z and
 * nobody can predict much of it, so only one member looks at it; the others learn what a symbol does against the other
 * symbols of the session, where a forecast has something to order.
 *
 * - `outcome`: z itself, as members did before there were others; what a member without a target predicts.
 * - `relative`: z less its mean over the session.
 * - `rank`: the rank of the log return among those of the session, with mean 0 and variance 1. Least squares on ranks
 *   maximises the rank correlation, so this is the ranking objective.
 * - `scaled-rank`: the same of z, so that a symbol that moves much does not have the first or last place by that alone.
 * - `market`: the mean of z over the session.
 */
export type MemberTarget = 'outcome' | 'relative' | 'rank' | 'scaled-rank' | 'market';

/** A member, as far as its target goes. */
export interface Targeted {
  readonly target?: MemberTarget;
}

/** Whether what a member says is about the symbols of a session against each other: it has mean 0 over them. */
export function isMarketNeutral({ target }: Targeted): boolean {
  return target === 'relative' || target === 'rank' || target === 'scaled-rank';
}

/** What members say of one session as it is combined: the mean of a market-neutral one is taken off. */
export function neutralised(centres: readonly Float64Array[], members: readonly Targeted[]): readonly Float64Array[] {
  return centres.map((centre, i) => (isMarketNeutral(members[i]!) ? lessMean(centre) : centre));
}

/** What members say without the market's part, which orders no symbols: 0 in its place, NaN stays NaN. */
export function orderingParts(centres: readonly Float64Array[], members: readonly Targeted[]): readonly Float64Array[] {
  return centres.map((centre, i) => (members[i]!.target === 'market' ? zeroWhereKnown(centre) : centre));
}

function zeroWhereKnown(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? NaN : 0));
}
