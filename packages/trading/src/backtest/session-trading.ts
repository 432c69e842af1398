import type { SessionIndex } from '@daytrade/series';
import type { Account } from '../account/account.ts';
import { firstDayCost, holdingCost, tradeCost } from '../costs/costs.ts';
import type { Bar, FillRules } from '../rules/bar-fill.ts';
import { type Order, type Side, signOf } from '../rules/order.ts';
import { type Fill, type Liquidity, walkSession } from '../rules/walk-session.ts';
import type { BacktestData } from './backtest-data.ts';
import { SessionSlices } from './session-slices.ts';
import type { BookedFill, SimulationSettings, TradeCounts } from './simulation.ts';
import type { TradeList } from './trade-list.ts';
import type { View } from './view.ts';

const free: FillRules = { lower: -Infinity, upper: Infinity, above: (price) => price, below: (price) => price };
const boundless: Liquidity = { ofSession: Infinity, ofBar: () => Infinity };
/** A fill that is booked after the entries of the session, and the index of its order. */
type Later = readonly [symbol: number, fill: Fill, place: number];
const nothing = { shares: 0, value: 0 };

/** Data and state of a simulation. */
export interface TradingParts {
  readonly data: BacktestData;
  readonly view: View;
  readonly account: Account;
  readonly settings: SimulationSettings;
  readonly counts: TradeCounts;
  readonly trades: TradeList;
  readonly onFill?: ((booked: BookedFill) => void) | undefined;
}

/** Fills the orders of sessions on their bars, and books fills and costs. */
export class SessionTrading {
  readonly #of: TradingParts;
  readonly #slices: SessionSlices | undefined;
  readonly #bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
  readonly #oneBar: readonly Bar[] = [this.#bar];

  constructor(parts: TradingParts) {
    this.#of = parts;
    this.#slices = parts.data.intraday && new SessionSlices(parts.data.panel, parts.data.intraday);
  }

  /**
   * Pays for the nights since the previous session, or since the day of an earlier one, and books splits and dividends
   * of held positions. Returns the yen that the account paid at once.
   */
  passNight(t: SessionIndex, since = this.#of.data.panel.days[t - 1]): number {
    const { account, counts, data, settings } = this.#of;
    if (since === undefined || account.held.size === 0) return 0;
    const nights = data.panel.days[t]! - since;
    let due = 0;
    for (const symbol of account.held) {
      const dividend = this.#dividendOf(t, since, symbol);
      counts.dividends += dividend;
      due -= dividend;
      if (account.kind === 'cash') continue;
      const value = account.sharesOf(symbol) * account.markOf(symbol);
      const cost = holdingCost({ value, nights }, settings.costs);
      this.#addCredit(value, cost);
      counts.penalty += settings.costs.penalty;
      due += cost + settings.costs.penalty;
    }
    account.pay(due);
    return due;
  }

  /** Splits a position by the ex-days since a day, and returns its dividends, which a short one pays. */
  #dividendOf(t: SessionIndex, since: number, symbol: number): number {
    const { account, data, trades } = this.#of;
    const { days, symbols, dividends } = data.panel;
    let first = t;
    while (first > 0 && days[first - 1]! > since) first -= 1;
    let sum = 0;
    for (let ex = first; ex <= t; ex += 1) {
      const row = ex * symbols.length + symbol;
      const ratio = data.splits?.get(row);
      if (ratio !== undefined) {
        account.split(symbol, ratio);
        trades.split(symbol, ratio);
      }
      sum += (dividends?.paid[row] ?? 0) * account.sharesOf(symbol);
    }
    return sum;
  }

  /** Counts what was paid for credit. */
  #addCredit(value: number, cost: number): void {
    if (value > 0) this.#of.counts.interest += cost;
    else this.#of.counts.lendingFee += cost;
  }

  /**
   * Trades the orders of a session, values positions at its close, and returns the highest exposure in yen.
   *
   * @param isOver whether the bars end the session; before that nothing trades in the closing auction
   */
  trade(t: SessionIndex, orders: readonly Order[], isOver = true): number {
    const later: Later[] = [];
    for (const [place, order] of orders.entries()) {
      if (!this.#readBar(t, order.symbol)) {
        this.#of.counts.refuse('not traded');
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
    const invested = this.#of.account.exposure;
    for (const [symbol, fill, place] of later) this.#book(t, symbol, fill, { place });
    if (isOver && this.#of.account.kind === 'day-margin') this.#closeAll(t);
    for (const symbol of this.#of.account.held) {
      const close = this.#of.data.panel.close[t * this.#of.view.symbols + symbol]!;
      if (close > 0) this.#of.account.mark(symbol, close);
    }
    return Math.max(invested, this.#of.account.exposure);
  }

  /** Returns the price of an auction; NaN at the daily limit for the crowded side. */
  #auctionPrice(symbol: number, side: Side, price: number): number {
    if (!this.#of.settings.rules) return price;
    const isCrowded =
      side === 'buy' ? price >= this.#of.view.upperLimit(symbol) : price <= this.#of.view.lowerLimit(symbol);
    return isCrowded ? NaN : price;
  }

  /** Returns the shares that an order may have in an auction. */
  #mostInAuction(symbol: number): number {
    return this.#of.settings.rules ? this.#shareOf(symbol, this.#bar.volume) : Infinity;
  }

  #shareOf(symbol: number, volume: number): number {
    const lot = this.#of.view.lot(symbol);
    return lot * Math.floor((this.#of.settings.participation * volume) / lot);
  }

  /** Closes the positions of a day account at the close, as the broker does; the rest stays overnight. */
  #closeAll(t: SessionIndex): void {
    for (const symbol of this.#of.account.held) {
      if (!this.#readBar(t, symbol)) continue;
      const held = this.#of.account.sharesOf(symbol);
      const side = held > 0 ? 'sell' : 'buy';
      const shares = Math.min(Math.abs(held), this.#mostInAuction(symbol));
      const price = this.#auctionPrice(symbol, side, this.#bar.close);
      if (Number.isNaN(price) || !(shares > 0)) continue;
      this.#book(t, symbol, { side, price, shares, reason: 'closing', paidNoSpread: true });
    }
  }

  #readBar(t: SessionIndex, symbol: number): boolean {
    const { panel } = this.#of.data;
    const row = t * this.#of.view.symbols + symbol;
    this.#bar.open = panel.open[row]!;
    this.#bar.high = panel.high[row]!;
    this.#bar.low = panel.low[row]!;
    this.#bar.close = panel.close[row]!;
    this.#bar.volume = panel.volume[row]!;
    return this.#bar.open > 0;
  }

  #fillsOf(t: SessionIndex, order: Order, isOver: boolean): readonly Fill[] {
    const { rules } = this.#of.settings;
    const within = this.#slices?.bars(t, order.symbol) ?? [];
    const bars = within.length > 0 ? within : this.#oneBar;
    const outcome = walkSession(
      order,
      bars,
      rules ? this.#rulesOf(order) : free,
      rules ? this.#liquidity(order.symbol) : boundless,
      isOver,
      this.#of.settings.bestFirst,
    );
    if (outcome.fills.length > 0) this.#of.counts.filled += 1;
    if (outcome.ambiguous) this.#of.counts.ambiguous += 1;
    return outcome.fills;
  }

  #rulesOf({ symbol }: Pick<Order, 'symbol'>): FillRules {
    const view = this.#of.view;
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

  /** @param of earlier fills of the same order, and its index in the session */
  #book(
    t: SessionIndex,
    symbol: number,
    fill: Fill,
    of: { readonly before?: typeof nothing; readonly place?: number } = {},
  ): void {
    const { side, price, shares, paidNoSpread } = fill;
    const { before = nothing, place } = of;
    const signed = signOf(side) * shares;
    const held = this.#of.account.sharesOf(symbol);
    const opened = held * signed < 0 ? Math.max(0, shares - Math.abs(held)) : shares;
    this.#of.account.apply(symbol, signed, price);
    this.#of.trades.take(symbol, t, signed, price);
    this.#of.counts.turnover += shares * price;
    const { costs } = this.#of.settings;
    const hasImpact = costs.impact > 0;
    const cost = tradeCost(
      {
        price,
        shares,
        before,
        paidNoSpread,
        tick: costs.spreadTicks > 0 && !paidNoSpread ? this.#of.view.tick(symbol, price) : 0,
        volatility: hasImpact ? this.#of.view.pastVolatility(symbol) : NaN,
        volume: hasImpact ? this.#of.view.meanVolume(symbol) : NaN,
      },
      costs,
    );
    const value = signOf(side) * opened * price;
    const credit = this.#of.account.kind === 'cash' || opened === 0 ? 0 : firstDayCost(value, before.value, costs);
    this.#addCredit(value, credit);
    const paid = cost.commission + cost.spread + cost.impact + credit;
    this.#of.account.pay(paid);
    this.#of.onFill?.({ session: t, symbol, order: place, fill, cost: paid });
    this.#of.counts.commission += cost.commission;
    this.#of.counts.spread += cost.spread;
    this.#of.counts.impact += cost.impact;
  }
}
