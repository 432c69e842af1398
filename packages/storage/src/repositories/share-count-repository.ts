import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { ShareCountRecord } from '../database/tables.ts';
import { upsertRows } from './upsert-rows.ts';

/** Shares of symbols, by the day on which a report named them. */
export class ShareCountRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Adds counts; one of the same symbol and day is replaced. */
  async upsertMany(records: readonly ShareCountRecord[]): Promise<void> {
    await upsertRows(this.#database, 'shareCounts', records, ['symbol', 'date']);
  }

  /** All counts of a symbol, oldest first. */
  async of(symbol: SymbolCode): Promise<readonly ShareCountRecord[]> {
    return await this.#database.db
      .selectFrom('shareCounts')
      .selectAll()
      .where('symbol', '=', symbol)
      .orderBy('date')
      .execute();
  }

  /** The newest count of every symbol that was out by a day. */
  async asOf(date: TradeDate): Promise<ReadonlyMap<string, ShareCountRecord>> {
    const rows = await this.#database.db
      .selectFrom('shareCounts')
      .selectAll()
      .where('date', '<=', date)
      .orderBy('symbol')
      .orderBy('date')
      .execute();
    return new Map(rows.map((row) => [row.symbol, row]));
  }
}
