import { Series } from '../series.ts';

/** The number that many of the symbol's bars before; NaN when there were fewer. */
export function lag(of: Series, bars: number): Series {
  return new Series(`lag ${bars}(${of.formula})`, [of], (kernel, width) => kernel.lag(width, bars));
}

/** The change over that many of the symbol's bars. */
export function change(of: Series, bars: number): Series {
  return new Series(`change ${bars}(${of.formula})`, [of], (kernel, width) => kernel.change(width, bars));
}
