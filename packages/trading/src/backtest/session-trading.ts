import type { SessionIndex } from '@daytrade/series';
import type { Account } from '../account/account.ts';
import { holdingCost, tradeCost } from '../costs/cost-model.ts';
import type { Bar, FillRules } from '../rules/fill-rules.ts';
import { type Order, oppositeOf, type Side, signOf } from '../rules/order.ts';
import { type Fill, type Liquidity, walkSession } from '../rules/walk-session.ts';
import type { BacktestData } from './backtest-data.ts';
import { SessionSlices } from './session-slices.ts';
import type { SimulationSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import type { TradeList } from './trade-list.ts';
import type { View } from './view.ts';

const free: FillRules = { lower: -Infinity, upper: Infinity, above: (price) => price, below: (price) => price };
const boundless: Liquidity = { ofSession: Infinity, ofBar: () => Infinity };
/** A fill of the closing auction, or of one that is booked after the open; and the place of its order. */
type Later = readonly [symbol: number, fill: Fill, place: number];
const nothing = { shares: 0, value: 0 };

/** A fill as it was booked, of which order of its session, and what it cost in yen; no order when the broker closed. */
export interface BookedFill {
  readonly session: SessionIndex;
  readonly symbol: number;
  readonly order: number | undefined;
  readonly fill: Fill;
  readonly cost: number;
}

/** Fills the orders of sessions on their bars, and books what they bought, sold and cost. */
export class SessionTrading {
  readonly #data: BacktestData;
  readonly #view: View;
  readonly #account: Account;
  readonly #settings: SimulationSettings;
  readonly #tally: Tally;
  readonly #trades: TradeList;
  readonly #slices: SessionSlices | undefined;
  readonly #onFill: ((booked: BookedFill) => void) | undefined;
  readonly #bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
  readonly #oneBar: readonly Bar[] = [this.#bar];

  constructor(parts: {
    readonly data: BacktestData;
    readonly view: View;
    readonly account: Account;
    readonly settings: SimulationSettings;
    readonly tally: Tally;
    readonly trades: TradeList;
    /** Hears of every fill, in the order in which they are booked. */
    readonly onFill?: ((booked: BookedFill) => void) | undefined;
  }) {
    this.#data = parts.data;
    this.#view = parts.view;
    this.#account = parts.account;
    this.#settings = parts.settings;
    this.#tally = parts.tally;
    this.#trades = parts.trades;
    this.#onFill = parts.onFill;
    this.#slices = parts.data.intraday && new SessionSlices(parts.data.panel, parts.data.intraday);
  }

  /** Pays for the nights since the session before, or since the day of an earlier one. */
  passNight(t: SessionIndex, since = this.#data.panel.days[t - 1]): void {
    if (since === undefined || this.#account.held.size === 0 || this.#account.kind === 'cash') return;
    const nights = this.#data.panel.days[t]! - since;
    for (const symbol of this.#account.held) {
      const value = this.#account.sharesOf(symbol) * this.#account.markOf(symbol);
      const cost = holdingCost({ value, nights }, this.#settings.costs);
      this.#account.pay(cost);
      if (value > 0) this.#tally.interest += cost;
      else this.#tally.lendingFee += cost;
    }
  }

  /**
   * Trades the orders of a session and values what is held at its close; gives the most yen that were invested.
   *
   * @param isOver whether the bars end the session: while it goes on nothing trades in its closing auction
   */
  trade(t: SessionIndex, orders: readonly Order[], isOver = true): number {
    const later: Later[] = [];
    for (let place = 0; place < orders.length; place += 1) {
      const order = orders[place]!;
      if (!this.#readBar(t, order.symbol)) {
        this.#tally.refuse('not traded');
        continue;
      }
      if (order.type === 'market' && order.stopLoss === undefined && order.takeProfit === undefined) {
        if (isOver || order.time !== 'close') this.#tradeInAuctions(t, order, { place, isOver, later });
        continue;
      }
      let before = nothing;
      for (const fill of this.#fillsOf(t, order, isOver)) {
        if (fill.reason === 'entry' && order.time !== 'close') {
          this.#book(t, order.symbol, fill, { before, place });
          before = { shares: before.shares + fill.shares, value: before.value + fill.shares * fill.price };
        } else later.push([order.symbol, fill, place]);
      }
    }
    const invested = this.#account.exposure;
    for (const [symbol, fill, place] of later) this.#book(t, symbol, fill, { place });
    if (isOver && this.#account.kind === 'day-margin') this.#closeAll(t);
    for (const symbol of this.#account.held) {
      const close = this.#data.panel.close[t * this.#view.symbols + symbol]!;
      if (close > 0) this.#account.mark(symbol, close);
    }
    return Math.max(invested, this.#account.exposure);
  }

  /** A market order without exits needs no walk: it has the open or the close, and where it closes the close. */
  #tradeInAuctions(
    t: SessionIndex,
    { symbol, side, shares: asked, time, closes }: Order,
    { place, isOver, later }: { readonly place: number; readonly isOver: boolean; readonly later: Later[] },
  ): void {
    const shares = Math.min(asked, this.#mostInAuction(symbol));
    const price = this.#auctionPrice(symbol, side, time === 'close' ? this.#bar.close : this.#bar.open);
    if (Number.isNaN(price) || !(shares > 0)) return;
    this.#tally.filled += 1;
    const entry: Fill = { side, price, shares, reason: 'entry', paidNoSpread: true };
    if (time === 'close') later.push([symbol, entry, place]);
    else this.#book(t, symbol, entry, { place });
    if (closes !== true || !isOver) return;
    const back = oppositeOf(side);
    const last = this.#auctionPrice(symbol, back, this.#bar.close);
    if (Number.isNaN(last)) return;
    later.push([symbol, { side: back, price: last, shares, reason: 'closing', paidNoSpread: true }, place]);
  }

  /** The price of an auction, NaN where all want the same as the order: at a daily limit. */
  #auctionPrice(symbol: number, side: Side, price: number): number {
    if (!this.#settings.rules) return price;
    const isCrowded = side === 'buy' ? price >= this.#view.upperLimit(symbol) : price <= this.#view.lowerLimit(symbol);
    return isCrowded ? NaN : price;
  }

  /** Shares that an order may have of an auction. */
  #mostInAuction(symbol: number): number {
    return this.#settings.rules ? this.#shareOf(symbol, this.#bar.volume) : Infinity;
  }

  #shareOf(symbol: number, volume: number): number {
    const lot = this.#view.lot(symbol);
    return lot * Math.floor((this.#settings.participation * volume) / lot);
  }

  /** The broker closes at the close what a day account still holds; what nobody takes there stays for the night. */
  #closeAll(t: SessionIndex): void {
    for (const symbol of this.#account.held) {
      if (!this.#readBar(t, symbol)) continue;
      const held = this.#account.sharesOf(symbol);
      const side = held > 0 ? 'sell' : 'buy';
      const shares = Math.min(Math.abs(held), this.#mostInAuction(symbol));
      const price = this.#auctionPrice(symbol, side, this.#bar.close);
      if (Number.isNaN(price) || !(shares > 0)) continue;
      this.#book(t, symbol, { side, price, shares, reason: 'closing', paidNoSpread: true });
    }
  }

  #readBar(t: SessionIndex, symbol: number): boolean {
    const { panel } = this.#data;
    const row = t * this.#view.symbols + symbol;
    this.#bar.open = panel.open[row]!;
    this.#bar.high = panel.high[row]!;
    this.#bar.low = panel.low[row]!;
    this.#bar.close = panel.close[row]!;
    this.#bar.volume = panel.volume[row]!;
    return this.#bar.open > 0;
  }

  #fillsOf(t: SessionIndex, order: Order, isOver: boolean): readonly Fill[] {
    const { rules } = this.#settings;
    const within = this.#slices?.bars(t, order.symbol) ?? [];
    const bars = within.length > 0 ? within : this.#oneBar;
    const outcome = walkSession(
      order,
      bars,
      rules ? this.#rulesOf(order) : free,
      rules ? this.#liquidity(order.symbol) : boundless,
      isOver,
    );
    if (outcome.fills.length > 0) this.#tally.filled += 1;
    if (outcome.ambiguous) this.#tally.ambiguous += 1;
    return outcome.fills;
  }

  #rulesOf({ symbol }: Pick<Order, 'symbol'>): FillRules {
    const view = this.#view;
    return {
      lower: view.lowerLimit(symbol),
      upper: view.upperLimit(symbol),
      above: (price) => view.above(symbol, price),
      below: (price) => view.below(symbol, price),
    };
  }

  #liquidity(symbol: number): Liquidity {
    return { ofSession: this.#shareOf(symbol, this.#bar.volume), ofBar: ({ volume }) => this.#shareOf(symbol, volume) };
  }

  /** @param of what of the same order traded before, and its place among those of the session */
  #book(
    t: SessionIndex,
    symbol: number,
    fill: Fill,
    of: { readonly before?: typeof nothing; readonly place?: number } = {},
  ): void {
    const { side, price, shares, paidNoSpread } = fill;
    const { before = nothing, place } = of;
    const signed = signOf(side) * shares;
    this.#account.apply(symbol, signed, price);
    this.#trades.take(symbol, t, signed, price);
    this.#tally.turnover += shares * price;
    const { costs } = this.#settings;
    const hasImpact = costs.impact > 0;
    const cost = tradeCost(
      {
        price,
        shares,
        before,
        paidNoSpread,
        tick: costs.spreadTicks > 0 && !paidNoSpread ? this.#view.tick(symbol, price) : 0,
        volatility: hasImpact ? this.#view.pastVolatility(symbol) : NaN,
        volume: hasImpact ? this.#view.meanVolume(symbol) : NaN,
      },
      costs,
    );
    const paid = cost.commission + cost.spread + cost.impact;
    this.#account.pay(paid);
    this.#onFill?.({ session: t, symbol, order: place, fill, cost: paid });
    this.#tally.commission += cost.commission;
    this.#tally.spread += cost.spread;
    this.#tally.impact += cost.impact;
  }
}
