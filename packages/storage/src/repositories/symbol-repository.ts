import type { SymbolCode } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { SymbolRecord } from '../database/tables.ts';

/** The symbols that have bars. */
export class SymbolRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Adds symbols, each of which is given once; one that is there already is replaced. */
  async upsertMany(records: readonly SymbolRecord[]): Promise<void> {
    // In one order, so that two processes that write the same symbols do not block each other.
    const sorted = records.toSorted((one, other) => (one.symbol < other.symbol ? -1 : 1));
    const { db, adapter } = this.#database;
    await db.transaction().execute(async (transaction) => {
      for (let start = 0; start < sorted.length; start += adapter.rowsPerInsert) {
        const rows = sorted.slice(start, start + adapter.rowsPerInsert);
        await adapter.upsertMany(transaction, 'symbols', rows, ['symbol']);
      }
    });
  }

  /** All symbols, by code. */
  async list(): Promise<readonly SymbolRecord[]> {
    return await this.#database.db.selectFrom('symbols').selectAll().orderBy('symbol').execute();
  }

  /** One symbol by its four-character code. */
  async find(symbol: SymbolCode): Promise<SymbolRecord | undefined> {
    return await this.#database.db.selectFrom('symbols').selectAll().where('symbol', '=', symbol).executeTakeFirst();
  }

  /** Those of several symbols that are there, by code. */
  async findMany(symbols: readonly SymbolCode[]): Promise<ReadonlyMap<SymbolCode, SymbolRecord>> {
    if (symbols.length === 0) return new Map();
    const { db, adapter } = this.#database;
    const found = db.selectFrom('symbols').selectAll().where(adapter.isOneOf('symbol', symbols)).orderBy('symbol');
    return new Map((await found.execute()).map((record) => [record.symbol, record]));
  }

  /** Removes symbols; it is not an error when one is not there. */
  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this.#database;
    if (symbols.length > 0) await db.deleteFrom('symbols').where(adapter.isOneOf('symbol', symbols)).execute();
  }
}
