import type { DayNumber } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import type { Account } from '../account/account.ts';
import { KillSwitch } from '../rules/kill-switch.ts';
import type { Order } from '../rules/order.ts';
import type { Decide } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import { OrderGate } from './order-gate.ts';
import { type BookedFill, SessionTrading } from './session-trading.ts';
import type { SimulationSettings } from './settings.ts';
import { closingOrders } from './simulate.ts';
import { Tally } from './tally.ts';
import { TradeList } from './trade-list.ts';
import { View } from './view.ts';

/** A session that is traded by itself, with an account that lives on. */
export interface OneSession {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  readonly account: Account;
  readonly settings: SimulationSettings;
  /** Day of the session that the account was in before; without it the one before on the panel. */
  readonly since?: DayNumber | undefined;
}

/** What is sent before a session opens. */
export interface Decision {
  /** What the account must close at the open, whoever decides. */
  readonly forced: readonly Order[];
  /** The strategy's orders that keep to money, rules and limits. */
  readonly orders: readonly Order[];
  /** Orders of it that do not, by why. */
  readonly refused: Readonly<Record<string, number>>;
  /** What the nights since the session before cost, yen; the account has paid it. */
  readonly nightCost: number;
}

/** Begins a session and asks a strategy, as a backtest does; undefined for `decide` where nothing may be sent. */
export function decideSession(session: OneSession, decide: Decide | undefined): Decision {
  const { data, t, account, settings, since } = session;
  const { view, tally, trading } = partsOf(session);
  account.startSession(t);
  trading.passNight(t, since);
  const forced = closingOrders(account, account.kind, false);
  const gate = new OrderGate({ view, account, settings, panel: data.panel, killSwitch: new KillSwitch(), tally });
  const orders = decide === undefined ? [] : gate.admit(decide(view, account));
  return { forced, orders, refused: tally.refused, nightCost: tally.interest + tally.lendingFee };
}

/**
 * Fills orders on the bars of their session, as a backtest does; the account has taken the fills.
 *
 * @param isOver whether the bars end the session
 */
export function tradeSession(session: OneSession, orders: readonly Order[], isOver: boolean): readonly BookedFill[] {
  const booked: BookedFill[] = [];
  partsOf(session, (fill) => booked.push(fill)).trading.trade(session.t, orders, isOver);
  return booked;
}

function partsOf({ data, t, account, settings }: OneSession, onFill?: (fill: BookedFill) => void) {
  const view = new View(data);
  view.goTo(t);
  const [tally, trades] = [new Tally(), new TradeList()];
  return { view, tally, trading: new SessionTrading({ data, view, account, settings, tally, trades, onFill }) };
}
