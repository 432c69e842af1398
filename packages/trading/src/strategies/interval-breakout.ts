import type { Order } from '../rules/order.ts';
import { mostTraded, onGrid, sharesFor } from './sizing.ts';
import { invested, most, type Strategy } from './strategy.ts';

/**
 * Follows a price that leaves a part of its published interval: stop orders on both sides, closed at the close or by a
 * stop loss. A cash account only buys.
 */
export const intervalBreakout: Strategy = {
  name: 'interval-breakout',
  summary: 'goes with prices that leave a part of their published interval, until the close',
  parameters: [
    {
      name: 'share',
      description: 'how much of the way from the last close to the bound of the interval a price must go',
      low: 0.1,
      high: 1,
      default: 0.6,
      candidates: [0.4, 0.6, 0.8, 1],
    },
    {
      name: 'stop',
      // A loss at 1 or less lies between the last close and the entry, where the price mostly was before the entry.
      description: 'how much of that way back ends the trade with a loss',
      low: 0.1,
      high: 3,
      default: 1.5,
      candidates: [1.5, 2],
    },
    most,
    invested,
  ],
  needsForecasts: true,
  with: (parameters) => (view, account) => {
    const orders: Order[] = [];
    const each = (account.equity * parameters.invested!) / parameters.most!;
    for (const symbol of mostTraded(view, parameters.most!)) {
      const last = view.close(symbol);
      const shares = sharesFor(view, symbol, each);
      const away = (bound: number) => parameters.share! * Math.log(bound / last);
      const [up, down] = [away(view.upper(symbol)), away(view.lower(symbol))];
      if (!(up > 0 && down < 0) || shares === 0) continue;
      const at = (distance: number, rounding: 'up' | 'down') =>
        onGrid(view, symbol, last * Math.exp(distance), rounding);
      const order = { symbol, shares, type: 'stop', time: 'day', closes: true } as const;
      const back = 1 - parameters.stop!;
      orders.push({ ...order, side: 'buy', price: at(up, 'up'), stopLoss: at(up * back, 'down') });
      if (account.kind !== 'cash') {
        orders.push({ ...order, side: 'sell', price: at(down, 'down'), stopLoss: at(down * back, 'up') });
      }
    }
    return orders;
  },
};
