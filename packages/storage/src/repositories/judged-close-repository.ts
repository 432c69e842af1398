import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { JudgedCloseRecord } from '../database/tables.ts';
import { insertMissingRows } from './insert-missing-rows.ts';

/** The closes by which published intervals were judged first. One that is kept is never changed. */
export class JudgedCloseRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Keeps closes; where one of the same session, symbol and last session is kept already, the earlier stays. */
  async keep(records: readonly JudgedCloseRecord[]): Promise<void> {
    await insertMissingRows(this.#database, 'judgedCloses', records, ['session', 'symbol', 'lastSession']);
  }

  /** The kept closes of some symbols from a session on. */
  async since(session: TradeDate, symbols: readonly SymbolCode[]): Promise<readonly JudgedCloseRecord[]> {
    const { db, adapter } = this.#database;
    return await db
      .selectFrom('judgedCloses')
      .selectAll()
      .where('session', '>=', session)
      .where(adapter.isOneOf('symbol', symbols))
      .execute();
  }

  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this.#database;
    if (symbols.length > 0) await db.deleteFrom('judgedCloses').where(adapter.isOneOf('symbol', symbols)).execute();
  }
}
