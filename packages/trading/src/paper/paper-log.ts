import type { PaperEvent } from '@daytrade/contracts';
import { PaperBook } from './paper-book.ts';

/** The log of one book, which only grows. */
export interface PaperLog {
  read(): Promise<readonly PaperEvent[]>;
  /**
   * Adds events where the log has exactly `after` of them: all, or none where somebody else was there first.
   *
   * @returns whether they were added
   */
  append(after: number, events: readonly PaperEvent[]): Promise<boolean>;
}

/** Times that somebody else may be there first. */
const mostTries = 50;

/**
 * Changes a book: what `make` says of it as it stands is written down, all or nothing. Where the book changed meanwhile
 * it is asked again.
 *
 * @returns the book after it
 */
export async function changeBook(
  log: PaperLog,
  make: (book: PaperBook) => Promise<readonly PaperEvent[]> | readonly PaperEvent[],
): Promise<PaperBook> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const events = await log.read();
    const book = new PaperBook(events);
    const added = await make(book);
    if (added.length === 0) return book;
    // Read before it is written: what cannot follow is a bug, and must not be in the log.
    const after = new PaperBook([...events, ...added]);
    if (await log.append(events.length, added)) return after;
  }
  throw new Error(`a paper book changed ${mostTries} times while it was to be changed`);
}
