import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { AnnouncementRecord } from '../database/tables.ts';
import { upsertRows } from './upsert-rows.ts';

/** When companies announced their results, and when they plan to. */
export class AnnouncementRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Adds announcements; one of the same symbol, day and kind is replaced. */
  async upsertMany(records: readonly AnnouncementRecord[]): Promise<void> {
    await upsertRows(this.#database, 'announcements', records, ['symbol', 'date', 'kind']);
  }

  /** All announcements of a symbol, oldest first; of a day what was made before what was planned. */
  async of(symbol: SymbolCode): Promise<readonly AnnouncementRecord[]> {
    return await this.#database.db
      .selectFrom('announcements')
      .selectAll()
      .where('symbol', '=', symbol)
      .orderBy('date')
      .orderBy('kind')
      .execute();
  }

  /** The announcements of all symbols from one day to another, both included. */
  async between(from: TradeDate, to: TradeDate): Promise<readonly AnnouncementRecord[]> {
    return await this.#database.db
      .selectFrom('announcements')
      .selectAll()
      .where('date', '>=', from)
      .where('date', '<=', to)
      .orderBy('symbol')
      .orderBy('date')
      .orderBy('kind')
      .execute();
  }
}
