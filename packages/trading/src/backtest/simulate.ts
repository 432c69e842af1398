import type { SessionIndex } from '@daytrade/series';
import { Account, type AccountKind } from '../account/account.ts';
import { KillSwitch } from '../rules/kill-switch.ts';
import type { Order } from '../rules/order.ts';
import { withoutLimits } from '../rules/risk-limits.ts';
import type { Decide } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';
import { OrderGate } from './order-gate.ts';
import { type BookedFill, SessionTrading } from './session-trading.ts';
import type { SimulationSettings } from './settings.ts';
import { Tally } from './tally.ts';
import { type ClosedTrade, TradeList } from './trade-list.ts';
import { View } from './view.ts';

/** What a backtest gave, session after session from `from` on. */
export interface Simulation {
  readonly from: SessionIndex;
  /** Yen at the close of each session, after costs, and as they would be without costs. */
  readonly net: Float64Array;
  readonly gross: Float64Array;
  /** Yen that were invested at most in each session, long and short added. */
  readonly exposure: Float64Array;
  readonly trades: readonly ClosedTrade[];
  readonly tally: Tally;
  /** When and why trading stopped for good. */
  readonly halted: { readonly session: SessionIndex; readonly reason: string } | undefined;
  /** Orders as the strategy made them, where they were asked for. */
  readonly decisions: readonly (readonly Order[])[] | undefined;
}

/** What is simulated. */
export interface SimulationInput {
  readonly data: BacktestData;
  /** The rule of each session; it may change from one to another. */
  readonly decideAt: (session: SessionIndex) => Decide;
  readonly settings: SimulationSettings;
  /** First session, and the one after the last. */
  readonly from: SessionIndex;
  readonly to: SessionIndex;
  readonly keepDecisions?: boolean;
  /** Hears of every fill, in the order in which they are booked. */
  readonly onFill?: ((booked: BookedFill) => void) | undefined;
}

/** Goes through the sessions once: decide before the open, trade on the bars of the session, value at its close. */
export function simulate(input: SimulationInput): Simulation {
  const { data, decideAt, settings, from, to, keepDecisions = false, onFill } = input;
  const view = new View(data);
  const account = new Account({ kind: settings.account, cash: settings.cash, symbols: view.symbols });
  const [tally, trades, killSwitch] = [new Tally(), new TradeList(), new KillSwitch()];
  const gate = new OrderGate({ view, account, settings, panel: data.panel, killSwitch, tally });
  const trading = new SessionTrading({ data, view, account, settings, tally, trades, onFill });
  const sessions = Math.max(0, to - from);
  const [net, gross, exposure] = [new Float64Array(sessions), new Float64Array(sessions), new Float64Array(sessions)];
  const decisions: (readonly Order[])[] | undefined = keepDecisions ? [] : undefined;
  const isLimited = settings.limits.dailyLoss !== withoutLimits.dailyLoss;
  let halted: Simulation['halted'];
  for (let t = from; t < to; t += 1) {
    view.goTo(t);
    account.startSession(t);
    trading.passNight(t);
    const forced = closingOrders(account, settings.account, halted !== undefined);
    const decided = decideAt(t)(view, account);
    decisions?.push(decided);
    const admitted = gate.admit(decided);
    exposure[t - from] = trading.trade(t, forced.length === 0 ? admitted : [...forced, ...admitted]);
    const equity = account.equity;
    net[t - from] = equity;
    gross[t - from] = equity + tally.costs;
    const before = t === from ? settings.cash : net[t - from - 1]!;
    if (isLimited && halted === undefined && before - equity >= settings.limits.dailyLoss) {
      halted = { session: t, reason: `a session lost ${Math.round(before - equity)} yen` };
      killSwitch.halt(halted.reason, t);
    }
  }
  return {
    from,
    net,
    gross,
    exposure,
    get trades() {
      return trades.trades;
    },
    tally,
    halted,
    decisions,
  };
}

/** What must be closed at the open: what a day account could not close yesterday, and all once trading is halted. */
export function closingOrders(
  account: Pick<Account, 'held' | 'sharesOf'>,
  kind: AccountKind,
  isHalted: boolean,
): readonly Order[] {
  if (account.held.size === 0 || (kind !== 'day-margin' && !isHalted)) return [];
  return Array.from(account.held, (symbol) => {
    const shares = account.sharesOf(symbol);
    const side = shares > 0 ? 'sell' : 'buy';
    return { symbol, side, shares: Math.abs(shares), type: 'market', time: 'open' };
  });
}
