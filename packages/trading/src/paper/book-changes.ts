import type { PaperEvent, PaperSettings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { checkedParameters, strategyNamed } from '../strategies/catalogue.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { PaperBook } from './paper-book.ts';

/** The log of one book, which only grows. */
export interface PaperLog {
  read(): Promise<readonly PaperEvent[]>;
  /** Appends all events, or none unless the log has exactly `after` events. */
  append(after: number, events: readonly PaperEvent[]): Promise<boolean>;
}

/** Attempts to append before another writer. */
const mostAttempts = 50;

/**
 * Changes a book: appends the events that `make` returns, all or nothing. When another writer was first, `make` is
 * called again with the new state.
 */
export async function changeBook(
  log: PaperLog,
  make: (book: PaperBook) => Promise<readonly PaperEvent[]> | readonly PaperEvent[],
): Promise<PaperBook> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const events = await log.read();
    const book = new PaperBook(events);
    const added = await make(book);
    if (added.length === 0) return book;
    // Checked before it is written: an impossible event is a bug and must not reach the log.
    const after = new PaperBook([...events, ...added]);
    if (await log.append(events.length, added)) return after;
  }
  throw new Error(`the paper book changed during each of ${mostAttempts} attempts to write to it`);
}

/** Author and time of a change: ISO 8601 in UTC. */
export interface Author {
  readonly by: string;
  readonly at: string;
}

const ofBook = { session: null, order: null } as const;

/** Starts a book. @throws DayTradeError `input.invalid` for a parameter */
export function startBook(
  settings: PaperSettings,
  author: Author,
  strategy: Pick<Strategy, 'name' | 'parameters'> = strategyNamed(settings.strategy),
): PaperEvent[] {
  const parameters = checkedParameters(strategy, settings.parameters);
  return [{ key: 'started', ...ofBook, ...author, kind: 'started', ...settings, parameters }];
}

/**
 * Stops a book.
 *
 * @throws DayTradeError `trading.no-paper`; `trading.paper-unsettled` while its session is not settled
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

/** Halts a book: cancels open orders, except forced orders of the broker. Does nothing to a halted book. */
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

/** Releases a halted book: it sends orders again from the next session on. */
export function releaseBook(book: PaperBook | undefined, reason: string, author: Author): PaperEvent[] {
  assertRunning(book);
  if (book.halted === undefined) return [];
  return [{ key: numbered(book, 'released'), ...ofBook, ...author, kind: 'released', reason }];
}

/** Returns the key of a repeatable event: its kind with a number. */
function numbered({ events }: PaperBook, kind: PaperEvent['kind']): string {
  return `${kind} ${events.filter((event) => event.kind === kind).length + 1}`;
}

function assertRunning(book: PaperBook | undefined): asserts book is PaperBook {
  if (book?.isRunning === true) return;
  throw new DayTradeError('trading.no-paper', 'no paper book is running; `daytrade paper start` starts one');
}
