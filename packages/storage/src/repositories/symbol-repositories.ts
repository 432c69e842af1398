import type { PriceFactor } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { PriceFactorRecord, ShareCountRecord, SymbolRecord } from '../database/tables.ts';
import { upsertRows } from './rows.ts';

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

const factorColumns = ['date', 'kind', 'value', 'knownOn', 'source'] as const;

/** Splits and dividends, by the day from which on prices are others. */
export class PriceFactorRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Adds factors; one of the same symbol, day, kind and day of publication is replaced. */
  async upsertMany(records: readonly PriceFactorRecord[]): Promise<void> {
    await upsertRows(this.#database, 'priceFactors', records, ['symbol', 'date', 'kind', 'knownOn']);
  }

  /** The factors of every symbol that has some, each as {@link of} gives them. */
  async all(): Promise<ReadonlyMap<SymbolCode, readonly PriceFactor[]>> {
    const rows = await this.#database.db
      .selectFrom('priceFactors')
      .select([...factorColumns, 'symbol'])
      .orderBy('symbol')
      .orderBy('date')
      .orderBy('kind')
      .orderBy('knownOn')
      .execute();
    const bySymbol = new Map<SymbolCode, PriceFactor[]>();
    for (const { symbol, ...factor } of rows) {
      const factors = bySymbol.get(symbol);
      if (factors === undefined) bySymbol.set(symbol, [factor]);
      else factors.push(factor);
    }
    return bySymbol;
  }

  /** All factors of a symbol, oldest first, what was known first before what came later. */
  async of(symbol: SymbolCode): Promise<readonly PriceFactor[]> {
    return await this.#database.db
      .selectFrom('priceFactors')
      .select(factorColumns)
      .where('symbol', '=', symbol)
      .orderBy('date')
      .orderBy('kind')
      .orderBy('knownOn')
      .execute();
  }
}

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
