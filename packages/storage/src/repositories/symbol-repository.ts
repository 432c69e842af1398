import type { Kysely } from 'kysely';
import type { SymbolRecord, Tables } from '../database/tables.ts';

/** The symbols that have bars. */
export class SymbolRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Adds symbols; one that is there already is replaced. */
  async upsertMany(records: readonly SymbolRecord[]): Promise<void> {
    // In one order, so that two processes that write the same symbols do not block each other.
    const sorted = records.toSorted((one, other) => (one.symbol < other.symbol ? -1 : 1));
    await this.#db.transaction().execute(async (transaction) => {
      for (const { symbol, ...rest } of sorted) {
        await transaction
          .insertInto('symbols')
          .values({ symbol, ...rest })
          .onConflict((conflict) => conflict.column('symbol').doUpdateSet(rest))
          .execute();
      }
    });
  }

  /** All symbols, by code. */
  async list(): Promise<readonly SymbolRecord[]> {
    return await this.#db.selectFrom('symbols').selectAll().orderBy('symbol').execute();
  }

  /** One symbol by its four-character code. */
  async find(symbol: string): Promise<SymbolRecord | undefined> {
    return await this.#db.selectFrom('symbols').selectAll().where('symbol', '=', symbol).executeTakeFirst();
  }

  /** Removes symbols; it is no error when one is not there. */
  async remove(symbols: readonly string[]): Promise<void> {
    if (symbols.length > 0)
      await this.#db
        .deleteFrom('symbols')
        .where('symbol', 'in', [...symbols])
        .execute();
  }
}
