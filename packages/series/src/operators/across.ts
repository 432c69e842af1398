import { Series } from '../series.ts';

/** Mean of the symbols' known numbers at a session; NaN when there is none. */
export function meanAcross(of: Series): Series {
  return new Series(`mean across(${of.formula})`, [of], (kernel) => kernel.meanAcross(), 'session', true);
}

/** Sample deviation of the symbols' known numbers at a session; NaN below two. */
export function deviationAcross(of: Series): Series {
  return new Series(`deviation across(${of.formula})`, [of], (kernel) => kernel.deviationAcross(), 'session', true);
}

/** Share of the symbols' known numbers at a session that are above 0. */
export function positiveShareAcross(of: Series): Series {
  return new Series(
    `positive share across(${of.formula})`,
    [of],
    (kernel) => kernel.positiveShareAcross(),
    'session',
    true,
  );
}

/** A number of the session, for each symbol that has a bar. */
export function everySymbol(of: Series): Series {
  return new Series(`every symbol(${of.formula})`, [of], (kernel) => kernel.everySymbol(), 'symbol');
}

/**
 * Rank of the symbol's number among the known ones of the session, in (0, 1), ties at their middle:
 * (numbers below + half of those equal, itself included) / count.
 */
export function rankAcross(of: Series): Series {
  return new Series(`rank across(${of.formula})`, [of], (kernel, width) => kernel.rankAcross(width), 'symbol', true);
}
