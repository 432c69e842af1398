import { mostTraded, sharesFor } from './sizing.ts';
import { invested, most, type Strategy } from './strategy.ts';

/** Buys equal amounts of the most traded symbols at the open and sells them at the close: the market's own drift. */
export const alwaysLong: Strategy = {
  name: 'always-long',
  summary: 'buys the most traded symbols at every open and sells them at the close',
  parameters: [most, invested],
  needsForecasts: false,
  with: (parameters) => (view, account) => {
    const symbols = mostTraded(view, parameters.most!);
    const each = (account.equity * parameters.invested!) / symbols.length;
    return symbols.flatMap((symbol) => {
      const shares = sharesFor(view, symbol, each);
      return shares > 0 ? [{ symbol, side: 'buy', shares, type: 'market', time: 'open', closes: true }] : [];
    });
  },
};
