import { type Order, signOf } from '../rules/order.ts';
import { allowsShortSale, withinLimits } from '../rules/order-limits.ts';
import type { TradingParts } from './session-trading.ts';

/** Open orders of a symbol: yen reserved by side, shares that they close, shares and highest price by side. */
interface Reserved {
  buy: number;
  sell: number;
  closing: number;
  readonly pending: Readonly<Record<'buy' | 'sell', { shares: number; price: number }>>;
}

/** Checks the orders of a strategy against the account, its limits and the rule on short sales. */
export class OrderGate {
  readonly #of: Pick<TradingParts, 'view' | 'account' | 'settings' | 'counts'>;
  readonly #reserved = new Map<number, Reserved>();

  constructor(parts: Pick<TradingParts, 'view' | 'account' | 'settings' | 'counts'>) {
    this.#of = parts;
  }

  /** Returns the orders that are sent, too large ones made smaller; none after a halt. */
  admit(orders: readonly Order[], isHalted: boolean): readonly Order[] {
    if (orders.length === 0) return orders;
    this.#of.counts.orders += orders.length;
    if (isHalted) {
      for (const _ of orders) this.#of.counts.refuse('halted');
      return [];
    }
    if (!this.#of.settings.rules) return orders;
    const kept: Order[] = [];
    this.#reserved.clear();
    for (const order of orders) {
      const own = this.#reservedFor(order.symbol);
      const others = this.#reservedInAll() - Math.max(own.buy, own.sell) + own[order.side];
      const price = this.#priceOf(order);
      const admitted = this.#affordable(order, price, others, own);
      const limited = admitted && this.#withinLimits(admitted, others, own);
      if (limited === undefined) continue;
      const opening = this.#opening(limited, own);
      if (order.side === 'sell' && !this.#mayBeSoldShort(limited, opening)) {
        this.#refuse('short-sale rule');
        continue;
      }
      const pending = own.pending[order.side];
      own[order.side] += opening * price;
      own.closing += limited.shares - opening;
      pending.shares += limited.shares;
      pending.price = Math.max(pending.price, price);
      kept.push(limited);
    }
    return kept;
  }

  #reservedFor(symbol: number): Reserved {
    const noneOpen = () => ({ shares: 0, price: 0 });
    const none = { buy: 0, sell: 0, closing: 0, pending: { buy: noneOpen(), sell: noneOpen() } };
    const own = this.#reserved.get(symbol) ?? none;
    this.#reserved.set(symbol, own);
    return own;
  }

  /** Returns the yen reserved by all symbols; of a symbol's two sides the larger counts. */
  #reservedInAll(): number {
    let sum = 0;
    for (const { buy, sell } of this.#reserved.values()) sum += Math.max(buy, sell);
    return sum;
  }

  #priceOf({ symbol, price, type }: Order): number {
    const last = this.#of.view.close(symbol);
    return type === 'market' || price === undefined ? last : Math.max(price, last);
  }

  /** Returns the shares by which an order opens a position, after what other orders close of it. */
  #opening({ symbol, side, shares }: Order, { closing }: Reserved): number {
    const held = signOf(side) * this.#of.account.sharesOf(symbol);
    return Math.max(0, shares - Math.max(0, -held - closing));
  }

  #affordable(order: Order, price: number, reserved: number, own: Reserved): Order | undefined {
    const { symbol, side } = order;
    const lot = this.#of.view.lot(symbol);
    const opening = this.#opening(order, own);
    if (!(order.shares > 0) || !(price > 0)) return this.#refuse('no price');
    if (order.shares % lot !== 0) return this.#refuse('lot');
    const closing = order.shares - opening;
    const isCashSale = side === 'sell' && this.#of.account.kind === 'cash';
    if (isCashSale && closing > this.#of.account.sellable(symbol) - own.closing) return this.#refuse('same money');
    if (opening === 0) return order;
    const room = this.#of.account.roomFor(symbol, side === 'buy' ? 'long' : 'short') - reserved;
    const shares = closing + Math.min(opening, Math.max(0, lot * Math.floor(room / (price * lot) + 1e-9)));
    if (!(shares > 0)) return this.#refuse(isCashSale ? 'short in cash' : 'money');
    return shares === order.shares ? order : { ...order, shares };
  }

  #mayBeSoldShort({ symbol, type, price }: Order, shares: number): boolean {
    return allowsShortSale({
      shares,
      lot: this.#of.view.lot(symbol),
      limit: type === 'limit' ? price : undefined,
      last: this.#of.view.close(symbol),
      low: this.#of.view.low(symbol),
      base: this.#of.view.close(symbol, 1),
    });
  }

  /** Returns an order within the limits of the account, cut to whole lots; undefined where none is left. */
  #withinLimits(order: Order, reserved: number, own: Reserved): Order | undefined {
    const { symbol, side, price } = order;
    const { account, view, settings } = this.#of;
    const [last, held, lot] = [view.close(symbol), account.sharesOf(symbol), view.lot(symbol)];
    const [exposure, pending] = [account.exposure + reserved, own.pending[side]];
    const inContext = { side, shares: order.shares, price, last, held, lot, pending, exposure };
    const { shares, limit } = withinLimits(inContext, settings.limits);
    if (!(shares > 0)) return this.#refuse(limit);
    return shares === order.shares ? order : { ...order, shares };
  }

  #refuse(reason: string): undefined {
    this.#of.counts.refuse(reason);
  }
}
