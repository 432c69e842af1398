import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { checkedParameters, strategies } from '../strategies/catalogue.ts';
import type { PaperBook } from './paper-book.ts';

/** Who changes a book, and when: ISO 8601 in UTC. */
export interface Author {
  readonly by: string;
  readonly at: string;
}

const ofBook = { session: null, order: null } as const;

/**
 * Begins a book.
 *
 * @throws DayTradeError `trading.paper-running` where one runs; `input.invalid` for a parameter
 */
export function startBook(newest: PaperBook | undefined, settings: PaperSettings, author: Author): PaperEvent[] {
  if (newest?.isRunning === true) {
    const { strategy, cash } = newest.settings!;
    throw new DayTradeError('trading.paper-running', `a paper book of ${strategy} with ${cash} yen is running`, {
      details: { strategy },
    });
  }
  const parameters = checkedParameters(strategies[settings.strategy], settings.parameters);
  return [{ key: 'started', ...ofBook, ...author, kind: 'started', ...settings, parameters }];
}

/**
 * Ends a book.
 *
 * @throws DayTradeError `trading.no-paper`; `trading.paper-unsettled` while a session of it is not settled
 */
export function stopBook(book: PaperBook | undefined, author: Author): PaperEvent[] {
  assertRunning(book);
  if (book.unsettled !== undefined) {
    throw new DayTradeError('trading.paper-unsettled', `the session of ${book.unsettled} is not settled yet`, {
      details: { session: book.unsettled },
    });
  }
  return [{ key: 'stopped', ...ofBook, ...author, kind: 'stopped' }];
}

/**
 * Stops all orders and cancels those that are open, but for those of the broker, which nobody stops; nothing where it
 * is halted already.
 */
export function haltBook(book: PaperBook | undefined, reason: string, author: Author): PaperEvent[] {
  assertRunning(book);
  if (book.halted !== undefined) return [];
  const own = book.openOrders.filter(({ isForced }) => !isForced);
  const cancelled = own.map(
    ({ key, session }): PaperEvent => ({
      key: `${key} cancelled`,
      session,
      order: key,
      ...author,
      kind: 'cancelled',
      reason: `halted: ${reason}`,
    }),
  );
  return [{ key: numbered(book, 'halted'), ...ofBook, ...author, kind: 'halted', reason }, ...cancelled];
}

/** Lets a halted book send orders again, from the next session on. */
export function releaseBook(book: PaperBook | undefined, reason: string, author: Author): PaperEvent[] {
  assertRunning(book);
  if (book.halted === undefined) return [];
  return [{ key: numbered(book, 'released'), ...ofBook, ...author, kind: 'released', reason }];
}

/** A halt is one event each time; its number makes the key. */
function numbered({ events }: PaperBook, kind: PaperEvent['kind']): string {
  return `${kind} ${events.filter((event) => event.kind === kind).length + 1}`;
}

function assertRunning(book: PaperBook | undefined): asserts book is PaperBook {
  if (book?.isRunning === true) return;
  throw new DayTradeError('trading.no-paper', 'no paper book is running; daytrade paper start begins one');
}
