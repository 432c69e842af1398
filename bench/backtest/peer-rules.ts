import type { BarRows } from '@daytrade/series';
import type { Decide, Order } from '@daytrade/trading';

/** Shares of a position. */
export const shares = 100;

/** Rules that the peers run as well: long or flat, traded at the next open. */
export const peerRules = {
  cross: cross(10, 30),
  breakout: holding((close, held) => {
    if (close(0) > highest(close, 20)) return true;
    return close(0) < -highest((back) => -close(back), 10) ? false : held;
  }, 21),
  falls: holding((close) => close(0) < close(1) && close(1) < close(2), 21),
} satisfies Readonly<Record<string, Decide>>;

export type PeerRule = keyof typeof peerRules;

/** Returns the rule that is long while the fast mean of closes is above the slow one, by exact sums. */
export function cross(fast: number, slow: number): Decide {
  return (view, account) => {
    const [{ close }, orders]: [BarRows, Order[]] = [view.bars, []];
    const [symbols, newest] = [view.symbols, close.length - view.symbols];
    if (view.session < slow) return orders;
    for (let symbol = 0; symbol < symbols; symbol += 1) {
      let [row, total] = [newest + symbol, 0];
      for (let bar = 0; bar < fast; bar += 1, row -= symbols) total += Math.round(close[row]! * 100);
      const ofFast = total * slow;
      for (let bar = fast; bar < slow; bar += 1, row -= symbols) total += Math.round(close[row]! * 100);
      const held = account.sharesOf(symbol) > 0;
      if (ofFast > total * fast !== held) orders.push(exchange(symbol, held));
    }
    return orders;
  };
}

function holding(wants: (close: (back: number) => number, held: boolean) => boolean, warmUp: number): Decide {
  return (view, account) => {
    const orders: Order[] = [];
    for (let symbol = 0; symbol < view.symbols; symbol += 1) {
      const held = account.sharesOf(symbol) > 0;
      const isWanted = view.session > warmUp && wants((back) => view.close(symbol, back), held);
      if (isWanted !== held) orders.push(exchange(symbol, held));
    }
    return orders;
  };
}

function exchange(symbol: number, held: boolean): Order {
  return { symbol, side: held ? 'sell' : 'buy', shares, type: 'market', time: 'open' };
}

/** Returns the highest of the closes before the newest. */
function highest(close: (back: number) => number, bars: number): number {
  let most = -Infinity;
  for (let back = 1; back <= bars; back += 1) most = Math.max(most, close(back));
  return most;
}
