import type { PaperBookState, PaperEvent } from '@daytrade/contracts';
import { Repository } from './repository.ts';

/** The append-only logs of paper books. */
export class PaperEventRepository extends Repository {
  /** Returns all books, the highest number in its name first, since clocks may be set back. */
  async books(): Promise<PaperBookState['books']> {
    const rows = await this.db
      .selectFrom('paperEvents')
      .select(['book', 'kind', 'body'])
      .where('kind', 'in', ['started', 'stopped'])
      .execute();
    const stopped = new Set(rows.filter(({ kind }) => kind === 'stopped').map(({ book }) => book));
    return rows
      .filter(({ kind }) => kind === 'started')
      .map(({ book, body }) => ({ book, strategy: String(body.strategy), running: !stopped.has(book) }))
      .sort(({ book: one }, { book: other }) => other.length - one.length || (one < other ? 1 : -1));
  }

  /** Returns all events of a book, in order. */
  async read(book: string): Promise<readonly PaperEvent[]> {
    const rows = await this.db
      .selectFrom('paperEvents')
      .select(['key', 'session', 'order', 'kind', 'body', 'at', 'by'])
      .where('book', '=', book)
      .orderBy('sequence')
      .execute();
    return rows.map(({ body, ...event }) => ({ ...event, ...body }) as PaperEvent);
  }

  /**
   * Appends events, all or none, to a book that still has exactly `after` events.
   *
   * @param after number of events at the time these were made
   * @returns false if another process appended first
   */
  async append(book: string, after: number, events: readonly PaperEvent[]): Promise<boolean> {
    const { db, adapter } = this;
    return await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, `paper ${book}`);
      const { newest } = await transaction
        .selectFrom('paperEvents')
        .select(({ fn }) => fn.max('sequence').as('newest'))
        .where('book', '=', book)
        .executeTakeFirstOrThrow();
      if ((newest ?? 0) !== after) return false;
      const rows = events.map(({ key, session, order, kind, at, by, ...body }, i) => {
        const head = { book, sequence: after + i + 1, key, session, order, kind, at, by };
        return { ...head, body: JSON.stringify(body) };
      });
      for (let start = 0; start < rows.length; start += adapter.rowsPerInsert) {
        await transaction
          .insertInto('paperEvents')
          .values(rows.slice(start, start + adapter.rowsPerInsert))
          .execute();
      }
      return true;
    });
  }
}
