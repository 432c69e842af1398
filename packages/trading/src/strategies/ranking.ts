import type { Order } from '../rules/order.ts';
import { riskWeights, sharesFor } from './sizing.ts';
import type { Strategy } from './strategy.ts';

/**
 * Buys the symbols with the highest forecasts at the open and, on margin, sells those with the lowest, each with the
 * same volatility; closed at the close.
 */
export const ranking: Strategy = {
  name: 'ranking',
  summary: 'buys what is forecast highest and sells what is forecast lowest, from open to close',
  parameters: [
    {
      name: 'each',
      description: 'symbols on either side',
      low: 1,
      high: 100,
      whole: true,
      default: 5,
      candidates: [3, 5, 10],
    },
    {
      name: 'volatility',
      description: 'deviation of the daily profit of each position, as a share of the equity',
      low: 0.0001,
      high: 0.05,
      default: 0.002,
      candidates: [0.002],
    },
    {
      name: 'bookRisk',
      description: 'value at risk of all positions at most, as a share of the equity',
      low: 0.001,
      high: 0.5,
      default: 0.05,
      candidates: [0.05],
    },
  ],
  needsForecasts: true,
  with: (parameters) => (view, account) => {
    const ranked: (readonly [symbol: number, expected: number])[] = [];
    for (let symbol = 0; symbol < view.symbols; symbol += 1) {
      const expected = Math.log(view.centre(symbol) / view.close(symbol));
      if (Number.isFinite(expected) && view.isMember(symbol)) ranked.push([symbol, expected]);
    }
    ranked.sort(([one, a], [other, b]) => b - a || one - other);
    const each = Math.min(parameters.each!, Math.floor(ranked.length / 2));
    const longs = ranked.slice(0, each).map(([symbol]) => symbol);
    const shorts = account.kind === 'cash' ? [] : ranked.slice(ranked.length - each).map(([symbol]) => symbol);
    const symbols = [...longs, ...shorts];
    const { volatility, bookRisk } = parameters as Record<'volatility' | 'bookRisk', number>;
    const weights = riskWeights(view, symbols, { volatility, positionRisk: bookRisk / 2, bookRisk });
    return symbols.flatMap((symbol, i): Order[] => {
      const side = i < longs.length ? 'buy' : 'sell';
      const shares = sharesFor(view, symbol, account.equity * weights[i]!);
      return shares > 0 ? [{ symbol, side, shares, type: 'market', time: 'open', closes: true }] : [];
    });
  },
};
