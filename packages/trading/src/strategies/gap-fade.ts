import type { Order } from '../rules/order.ts';
import { expectedVolatility, mostTraded, onGrid, sharesFor } from './sizing.ts';
import { invested, most, type Strategy } from './strategy.ts';

/**
 * Trades against overnight gaps: limit orders for the opening auction, some deviations away from the last close, closed
 * at the close. A cash account only buys.
 */
export const gapFade: Strategy = {
  name: 'gap-fade',
  summary: 'trades in the opening auction against large gaps, until the close',
  parameters: [
    {
      name: 'entry',
      description: 'how far from the last close the open must be, in deviations of a day',
      low: 0.1,
      high: 5,
      default: 1,
      candidates: [0.5, 0.75, 1, 1.5, 2],
    },
    most,
    invested,
  ],
  needsForecasts: false,
  with: (parameters) => (view, account) => {
    const orders: Order[] = [];
    const each = (account.equity * parameters.invested!) / parameters.most!;
    for (const symbol of mostTraded(view, parameters.most!)) {
      const distance = parameters.entry! * expectedVolatility(view, symbol);
      const shares = sharesFor(view, symbol, each);
      if (!(distance > 0) || shares === 0) continue;
      const order = { symbol, shares, type: 'limit', time: 'open', closes: true } as const;
      const [below, above] = [-distance, distance].map((away) => view.close(symbol) * Math.exp(away));
      orders.push({ ...order, side: 'buy', price: onGrid(view, symbol, below!, 'down') });
      if (account.kind !== 'cash') orders.push({ ...order, side: 'sell', price: onGrid(view, symbol, above!, 'up') });
    }
    return orders;
  },
};
