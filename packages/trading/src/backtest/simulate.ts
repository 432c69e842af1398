import type { DayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import { Account } from '../account/account.ts';
import type { Order } from '../rules/order.ts';
import { withoutLimits } from '../rules/order-limits.ts';
import type { Decide } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import { OrderGate } from './order-gate.ts';
import { SessionTrading } from './session-trading.ts';
import {
  type BookedFill,
  type Simulation,
  type SimulationInput,
  type SimulationSettings,
  TradeCounts,
} from './simulation.ts';
import { TradeList } from './trade-list.ts';
import { View } from './view.ts';

/** Simulates sessions in time order: decide before the open, trade on the bars of the session, value at the close. */
export function simulate(input: SimulationInput): Simulation {
  const { data, decideAt, settings, from, to, onOrders, onFill } = input;
  const view = new View(data);
  const account = new Account({ kind: settings.account, cash: settings.cash, symbols: view.symbols });
  const [counts, trades] = [new TradeCounts(), new TradeList()];
  const gate = new OrderGate({ view, account, settings, counts });
  const trading = new SessionTrading({ data, view, account, settings, counts, trades, onFill });
  const sessions = Math.max(0, to - from);
  const [net, exposure] = [new Float64Array(sessions), new Float64Array(sessions)];
  const isLimited = settings.limits.dailyLoss !== withoutLimits.dailyLoss;
  let halted: Simulation['halted'];
  for (let t = from; t < to; t += 1) {
    view.goTo(t);
    account.startSession();
    trading.passNight(t);
    const forced = closingOrders(account);
    counts.orders += forced.length;
    const admitted = gate.admit(decideAt(t)(view, account), halted !== undefined);
    const orders = forced.length === 0 ? admitted : [...forced, ...admitted];
    if (orders.length > 0) onOrders?.({ session: t, orders, forced: forced.length });
    exposure[t - from] = trading.trade(t, orders);
    const equity = account.equity;
    net[t - from] = equity;
    const before = t === from ? settings.cash : net[t - from - 1]!;
    if (isLimited && halted === undefined && before - equity >= settings.limits.dailyLoss) {
      halted = { session: t, reason: `a session lost ${Math.round(before - equity)} yen` };
    }
  }
  return { from, net, exposure, trades: trades.trades, counts, halted };
}

/** Returns orders at the open by which the broker closes the positions that a day account carried over. */
function closingOrders(account: Account): readonly Order[] {
  if (account.kind !== 'day-margin') return [];
  return Array.from(account.held, (symbol) => {
    const shares = account.sharesOf(symbol);
    const side = shares > 0 ? 'sell' : 'buy';
    return { symbol, side, shares: Math.abs(shares), type: 'market', time: 'open' };
  });
}

/** A single session of an account that lives on. */
export interface OneSession {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  readonly account: Account;
  readonly settings: SimulationSettings;
  /** Day of the account's previous session; default: the previous one of the panel. */
  readonly since?: DayNumber | undefined;
}

/** Orders of a session, decided before it opens. */
export interface Decision {
  /** Orders by which a day account closes positions at the open. */
  readonly forced: readonly Order[];
  /** Orders of the strategy that passed money, rules and limits. */
  readonly orders: readonly Order[];
  /** Refused orders by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Cost of the nights since the previous session less dividends, yen; the account has paid it. */
  readonly nightCost: number;
}

/** Starts a session and asks a strategy, as a backtest does; with `decide` undefined the strategy sends nothing. */
export function decideSession(session: OneSession, decide: Decide | undefined): Decision {
  const { t, account, settings, since } = session;
  const { view, counts, trading } = partsOf(session);
  account.startSession();
  const nightCost = trading.passNight(t, since);
  const forced = closingOrders(account);
  const gate = new OrderGate({ view, account, settings, counts });
  const orders = decide === undefined ? [] : gate.admit(decide(view, account), false);
  return { forced, orders, refused: counts.refused, nightCost };
}

/** Returns the fills of orders on the bars of their session, as in a backtest; the account has booked them. */
export function tradeSession(session: OneSession, orders: readonly Order[], isOver: boolean): readonly BookedFill[] {
  const booked: BookedFill[] = [];
  partsOf(session, (fill) => booked.push(fill)).trading.trade(session.t, orders, isOver);
  return booked;
}

function partsOf({ data, t, account, settings }: OneSession, onFill?: (fill: BookedFill) => void) {
  const view = new View(data);
  view.goTo(t);
  const [counts, trades] = [new TradeCounts(), new TradeList()];
  return { view, counts, trading: new SessionTrading({ data, view, account, settings, counts, trades, onFill }) };
}
