import { dateOfDayNumber, sessionOpen } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { Account } from '../account/account.ts';
import type { KillSwitch } from '../rules/kill-switch.ts';
import { type Order, signOf } from '../rules/order.ts';
import { breachOf, type OrderInContext } from '../rules/risk-limits.ts';
import { ShortSaleRule } from '../rules/short-sale-rule.ts';
import type { SimulationSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import type { View } from './view.ts';

/** How long before the open orders are sent, milliseconds. */
const ahead = 1_800_000;

/**
 * Yen that orders of a symbol keep back to open positions on either side, and shares that they close; all that is open
 * on either side, with the highest price.
 */
interface Reserved {
  buy: number;
  sell: number;
  closing: number;
  readonly pending: Readonly<Record<'buy' | 'sell', { shares: number; price: number }>>;
}

function noneOpen() {
  return { shares: 0, price: 0 };
}

/** What stands between the orders of a strategy and the exchange: the account, its limits, the rule on short sales. */
export class OrderGate {
  readonly #view: View;
  readonly #account: Account;
  readonly #settings: SimulationSettings;
  readonly #panel: Panel;
  readonly #killSwitch: KillSwitch;
  readonly #tally: Tally;
  readonly #shortSales: ShortSaleRule;
  readonly #reserved = new Map<number, Reserved>();
  /** Whether no limit can be broken, so that none needs to be looked at. */
  readonly #isUnlimited: boolean;
  #open = { day: -1, instant: 0 };

  constructor(parts: {
    readonly view: View;
    readonly account: Account;
    readonly settings: SimulationSettings;
    readonly panel: Panel;
    readonly killSwitch: KillSwitch;
    readonly tally: Tally;
  }) {
    this.#view = parts.view;
    this.#account = parts.account;
    this.#settings = parts.settings;
    this.#panel = parts.panel;
    this.#killSwitch = parts.killSwitch;
    this.#tally = parts.tally;
    this.#shortSales = new ShortSaleRule(parts.view.symbols);
    this.#isUnlimited = Object.values(parts.settings.limits).every((limit) => limit === Infinity);
  }

  /** The orders that go to the exchange, those too large made smaller. */
  admit(orders: readonly Order[]): readonly Order[] {
    if (orders.length === 0) return orders;
    this.#tally.orders += orders.length;
    if (this.#killSwitch.halted !== undefined) {
      for (const _ of orders) this.#tally.refuse('halted');
      return [];
    }
    if (!this.#settings.rules) return orders;
    const sentAt: number[] = [];
    const kept: Order[] = [];
    this.#reserved.clear();
    for (const order of orders) {
      const own = this.#reservedFor(order.symbol);
      const others = this.#inAll() - Math.max(own.buy, own.sell) + own[order.side];
      const price = this.#priceOf(order);
      const admitted = this.#affordable(order, price, others, own);
      const pending = own.pending[order.side];
      if (admitted === undefined || !this.#keepsLimits(admitted, others, sentAt, pending)) continue;
      const opening = this.#opening(admitted, own);
      own[order.side] += opening * price;
      own.closing += admitted.shares - opening;
      pending.shares += admitted.shares;
      pending.price = Math.max(pending.price, price);
      kept.push(admitted);
    }
    return kept;
  }

  /** What orders of this session keep back of a symbol. */
  #reservedFor(symbol: number): Reserved {
    const own = this.#reserved.get(symbol) ?? {
      buy: 0,
      sell: 0,
      closing: 0,
      pending: { buy: noneOpen(), sell: noneOpen() },
    };
    this.#reserved.set(symbol, own);
    return own;
  }

  /** Money that is kept back: of orders on either side of a symbol that of the larger side. */
  #inAll(): number {
    let sum = 0;
    for (const { buy, sell } of this.#reserved.values()) sum += Math.max(buy, sell);
    return sum;
  }

  #priceOf({ symbol, price, type }: Order): number {
    const last = this.#view.close(symbol);
    return type === 'market' || price === undefined ? last : Math.max(price, last);
  }

  /** Shares by which an order makes a position larger, after what other orders close of it. */
  #opening({ symbol, side, shares }: Order, { closing }: Reserved): number {
    const held = signOf(side) * this.#account.sharesOf(symbol);
    return held < 0 ? Math.max(0, shares - Math.max(0, -held - closing)) : shares;
  }

  #affordable(order: Order, price: number, reserved: number, own: Reserved): Order | undefined {
    const { symbol, side } = order;
    const lot = this.#view.lot(symbol);
    const opening = this.#opening(order, own);
    if (!(order.shares > 0) || !(price > 0)) return this.#refuse('no price');
    if (order.shares % lot !== 0) return this.#refuse('lot');
    const closing = order.shares - opening;
    const sellable = side === 'sell' ? this.#account.sellable(symbol) - own.closing : Infinity;
    if (closing > sellable) return this.#refuse('same money');
    if (opening === 0) return order;
    const room = this.#account.roomFor(symbol, side === 'buy' ? 'long' : 'short') - reserved;
    const shares = closing + Math.min(opening, Math.max(0, lot * Math.floor(room / (price * lot) + 1e-9)));
    if (!(shares > 0))
      return this.#refuse(side === 'sell' && this.#account.kind === 'cash' ? 'short in cash' : 'money');
    if (side === 'sell' && !this.#mayBeSoldShort(order, shares - closing)) return this.#refuse('short-sale rule');
    return shares === order.shares ? order : { ...order, shares };
  }

  #mayBeSoldShort({ symbol, type, price }: Order, shares: number): boolean {
    const t = this.#view.session;
    this.#shortSales.observe(symbol, t - 1, this.#view.low(symbol), this.#view.close(symbol, 1));
    const limit = type === 'limit' ? price : undefined;
    return this.#shortSales.allows(symbol, t, {
      shares,
      lot: this.#view.lot(symbol),
      limit,
      last: this.#view.close(symbol),
    });
  }

  #keepsLimits(order: Order, reserved: number, sentAt: number[], pending: OrderInContext['pending']): boolean {
    if (this.#isUnlimited) return true;
    const { limits } = this.#settings;
    const day = this.#panel.days[this.#view.session]!;
    const now = this.#openOf(day) - ahead;
    const breach = breachOf(
      {
        side: order.side,
        shares: order.shares,
        price: order.price,
        last: this.#view.close(order.symbol),
        lastAt: now,
        now,
        session: day,
        held: this.#account.sharesOf(order.symbol),
        pending,
        exposure: this.#account.exposure + reserved,
        lost: 0,
        sentAt,
      },
      limits,
    );
    if (breach === undefined) sentAt.push(now);
    else this.#tally.refuse(breach);
    return breach === undefined;
  }

  /** The instant of a session's open, the same for all of its orders. */
  #openOf(day: number): number {
    if (day !== this.#open.day) this.#open = { day, instant: sessionOpen(dateOfDayNumber(day)) };
    return this.#open.instant;
  }

  #refuse(reason: string): undefined {
    this.#tally.refuse(reason);
  }
}
