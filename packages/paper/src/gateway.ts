import type { BacktestData, BookedFill, SimulationSettings } from '@daytrade/backtest';
import type { SessionIndex } from '@daytrade/series';
import type { Account, Order } from '@daytrade/trading';
import type { BookOrder } from './paper-book.ts';

/** What a gateway answers to an order; the same to the same order, however often it is asked. */
export type Answer = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** The bars of a session as far as they are finished, and the account that trades it. */
export interface SessionSoFar {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  readonly account: Account;
  readonly settings: SimulationSettings;
  /** Whether the bars end the session. */
  readonly isOver: boolean;
}

/** Where orders go. What sends orders sees nothing but this. */
export interface Gateway {
  readonly name: string;
  /** Takes an order. Asked again with the same key it takes none a second time. */
  place(order: BookOrder): Promise<Answer>;
  /** What orders have bought and sold; the account has taken it. */
  fills(orders: readonly Order[], session: SessionSoFar): Promise<readonly BookedFill[]>;
}
