import type { BacktestData, BookedFill, SimulationSettings } from '@daytrade/backtest';
import type { SessionIndex } from '@daytrade/series';
import type { Account, Order } from '@daytrade/trading';
import type { BookOrder } from './paper-book.ts';

/**
 * What a broker answers to an order; the same to the same order, however often it is asked. Unknown where nobody can
 * say yet whether it has the order: then it may have it, and it must not be sent again.
 */
export type Answer =
  | { readonly accepted: true; readonly brokerId?: string | undefined }
  | { readonly accepted: false; readonly reason: string }
  | { readonly accepted: 'unknown' };

/** Where orders go. What sends orders sees nothing but this. */
export interface Broker {
  readonly name: string;
  /** Takes an order. Asked again with the same key it takes none a second time. */
  place(order: BookOrder): Promise<Answer>;
}

/** The bars of a session as far as they are finished, and the account that trades it. */
export interface SessionSoFar {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  readonly account: Account;
  readonly settings: SimulationSettings;
  /** Whether the bars end the session. */
  readonly isOver: boolean;
}

/** A broker whose fills are made of bars. */
export interface Gateway extends Broker {
  /** What orders have bought and sold; the account has taken it. */
  fills(orders: readonly Order[], session: SessionSoFar): Promise<readonly BookedFill[]>;
}
