import type { PriceFactor } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { PriceFactorRecord } from '../database/tables.ts';
import { upsertRows } from './upsert-rows.ts';

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
