import { type BookedFill, tradeSession } from '@daytrade/backtest';
import { sessionOpen } from '@daytrade/market';
import type { Order } from '@daytrade/trading';
import type { Answer, Gateway, SessionSoFar } from './gateway.ts';
import type { BookOrder } from './paper-book.ts';

/**
 * Sends nothing anywhere: orders fill on the bars of their session by the code that fills those of a backtest. It keeps
 * nothing of its own, since what it was sent stands in the book.
 */
export class PaperGateway implements Gateway {
  readonly name = 'paper';

  async place({ session, sentAt }: BookOrder): Promise<Answer> {
    // By when it was sent, not by when somebody asks: after a crash the answer is still the same.
    const inTime = sentAt < sessionOpen(session);
    return inTime ? { accepted: true } : { accepted: false, reason: 'sent after the open' };
  }

  async fills(orders: readonly Order[], { isOver, ...session }: SessionSoFar): Promise<readonly BookedFill[]> {
    return tradeSession(session, orders, isOver);
  }
}
