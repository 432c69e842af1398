import { sessionOpen } from '@daytrade/market';
import type { SessionIndex } from '@daytrade/series';
import type { Account } from '../account/account.ts';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { tradeSession } from '../backtest/one-session.ts';
import type { BookedFill } from '../backtest/session-trading.ts';
import type { SimulationSettings } from '../backtest/settings.ts';
import type { Order } from '../rules/order.ts';
import type { BookOrder } from './paper-book.ts';

/** The answer to an order. The same order gets the same answer each time. */
export type Answer = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** The finished bars of a session, and the account that trades it. */
export interface SessionSnapshot {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  readonly account: Account;
  readonly settings: SimulationSettings;
  /** Whether the bars end the session. */
  readonly isOver: boolean;
}

/** Fills orders on the bars of their session, as a backtest does. Keeps no state: the book has every order. */
export class PaperGateway {
  /** Answers an order. Asked again with the same key, it gives the same answer. */
  async place({ session, sentAt }: BookOrder): Promise<Answer> {
    // By when it was sent, not by when somebody asks: after a crash the answer is still the same.
    const inTime = sentAt < sessionOpen(session);
    return inTime ? { accepted: true } : { accepted: false, reason: 'sent after the open' };
  }

  /** Returns the fills of orders; the account has booked them. */
  async fills(orders: readonly Order[], { isOver, ...session }: SessionSnapshot): Promise<readonly BookedFill[]> {
    return tradeSession(session, orders, isOver);
  }
}
