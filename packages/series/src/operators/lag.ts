import { Series } from '../series.ts';

/** The number at so many of the symbol's bars before; NaN when there were fewer. */
export function lag(of: Series, bars: number): Series {
  return new Series(`lag ${bars}(${of.formula})`, [of], (kernel, width) => kernel.lag(width, bars));
}

/** The change over so many of the symbol's bars. */
export function change(of: Series, bars: number): Series {
  return new Series(`change ${bars}(${of.formula})`, [of], (kernel, width) => kernel.change(width, bars));
}
