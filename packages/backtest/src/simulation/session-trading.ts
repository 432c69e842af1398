import type { SessionIndex } from '@daytrade/series';
import {
  type Account,
  type Bar,
  type Fill,
  type FillRules,
  fillPrice,
  holdingCost,
  type Liquidity,
  type Order,
  signOf,
  tradeCost,
  walkSession,
} from '@daytrade/trading';
import type { BacktestData } from '../data/backtest-data.ts';
import { SessionSlices } from '../data/session-slices.ts';
import { meanVolume, pastVolatility } from '../strategies/measures.ts';
import type { SimulationSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import type { TradeList } from './trade-list.ts';
import { lot, type View } from './view.ts';

const free: FillRules = { lower: -Infinity, upper: Infinity, above: (price) => price, below: (price) => price };
const boundless: Liquidity = { ofSession: Infinity, ofBar: () => Infinity };
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

  /** Pays for the nights since the session before. */
  passNight(t: SessionIndex): void {
    if (t === 0 || this.#account.held.size === 0 || this.#account.kind === 'cash') return;
    const nights = this.#data.panel.days[t]! - this.#data.panel.days[t - 1]!;
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
    const later: (readonly [symbol: number, fill: Fill, place: number])[] = [];
    for (const [place, order] of orders.entries()) {
      if (!this.#readBar(t, order.symbol)) {
        this.#tally.refuse('not traded');
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

  /** The broker closes at the close what a day account still holds; what nobody takes there stays for the night. */
  #closeAll(t: SessionIndex): void {
    const { rules } = this.#settings;
    for (const symbol of this.#account.held) {
      if (!this.#readBar(t, symbol)) continue;
      const held = this.#account.sharesOf(symbol);
      const side = held > 0 ? 'sell' : 'buy';
      const shares = Math.min(Math.abs(held), rules ? this.#liquidity().ofSession : Infinity);
      const within = rules ? this.#rulesOf({ symbol }) : free;
      const price = fillPrice({ side, type: 'market', time: 'close' }, this.#bar, within);
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
    const isSimple = order.type === 'market' && order.stopLoss === undefined && order.takeProfit === undefined;
    if (!rules && isSimple && order.closes !== true) {
      const price = fillPrice(order, this.#bar, free);
      this.#tally.filled += 1;
      return [{ side: order.side, price, shares: order.shares, reason: 'entry', paidNoSpread: true }];
    }
    const within = isSimple ? [] : (this.#slices?.bars(t, order.symbol) ?? []);
    const bars = within.length > 0 ? within : this.#oneBar;
    const outcome = walkSession(
      order,
      bars,
      rules ? this.#rulesOf(order) : free,
      rules ? this.#liquidity() : boundless,
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

  #liquidity(): Liquidity {
    const share = (volume: number) => lot * Math.floor((this.#settings.participation * volume) / lot);
    return { ofSession: share(this.#bar.volume), ofBar: ({ volume }) => share(volume) };
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
        tick: costs.spreadTicks > 0 ? this.#view.tick(symbol, price) : 0,
        volatility: hasImpact ? pastVolatility(this.#view, symbol) : NaN,
        volume: hasImpact ? meanVolume(this.#view, symbol) : NaN,
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
