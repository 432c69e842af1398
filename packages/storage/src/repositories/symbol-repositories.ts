import type { PriceFactor } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { PriceFactorRecord, ShareCountRecord, SymbolRecord } from '../database/tables.ts';
import { Repository } from './repository.ts';

export class SymbolRepository extends Repository {
  async upsertMany(records: readonly SymbolRecord[]): Promise<void> {
    await this.upsertRows('symbols', records, ['symbol']);
  }

  /** Lists all symbols, by code. */
  async list(): Promise<readonly SymbolRecord[]> {
    return await this.db.selectFrom('symbols').selectAll().orderBy('symbol').execute();
  }

  async find(symbol: SymbolCode): Promise<SymbolRecord | undefined> {
    return await this.db.selectFrom('symbols').selectAll().where('symbol', '=', symbol).executeTakeFirst();
  }

  /** Returns the existing ones of several symbols, by code. */
  async findMany(symbols: readonly SymbolCode[]): Promise<ReadonlyMap<SymbolCode, SymbolRecord>> {
    if (symbols.length === 0) return new Map();
    const { db, adapter } = this;
    const found = db.selectFrom('symbols').selectAll().where(adapter.isOneOf('symbol', symbols)).orderBy('symbol');
    return new Map((await found.execute()).map((record) => [record.symbol, record]));
  }

  /** Removes symbols; ignores unknown ones. */
  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this;
    if (symbols.length > 0) await db.deleteFrom('symbols').where(adapter.isOneOf('symbol', symbols)).execute();
  }
}

/** Splits and dividends, by ex-day. */
export class PriceFactorRepository extends Repository {
  /** Upserts factors by symbol, day, kind and day of publication. */
  async upsertMany(records: readonly PriceFactorRecord[]): Promise<void> {
    await this.upsertRows('priceFactors', records, ['symbol', 'date', 'kind', 'knownOn']);
  }

  /** Returns the factors of all symbols, each list as in {@link of}. */
  async all(): Promise<ReadonlyMap<SymbolCode, readonly PriceFactor[]>> {
    return Map.groupBy(await this.#inOrder().selectAll().execute(), ({ symbol }) => symbol);
  }

  /** Returns all factors of a symbol by day, then by day of publication. */
  async of(symbol: SymbolCode): Promise<readonly PriceFactor[]> {
    const factors = this.#inOrder().select(['date', 'kind', 'value', 'knownOn', 'source']);
    return await factors.where('symbol', '=', symbol).execute();
  }

  #inOrder() {
    return this.db.selectFrom('priceFactors').orderBy('symbol').orderBy('date').orderBy('kind').orderBy('knownOn');
  }
}

/** Share counts of symbols, by day of publication. */
export class ShareCountRepository extends Repository {
  async upsertMany(records: readonly ShareCountRecord[]): Promise<void> {
    await this.upsertRows('shareCounts', records, ['symbol', 'date']);
  }

  /** Returns all counts of a symbol, oldest first. */
  async of(symbol: SymbolCode): Promise<readonly ShareCountRecord[]> {
    return await this.db.selectFrom('shareCounts').selectAll().where('symbol', '=', symbol).orderBy('date').execute();
  }

  /** Returns the newest published count of every symbol on a day. */
  async asOf(date: TradeDate): Promise<ReadonlyMap<string, ShareCountRecord>> {
    const rows = await this.db
      .selectFrom('shareCounts')
      .selectAll()
      .where('date', '<=', date)
      .orderBy('symbol')
      .orderBy('date')
      .execute();
    return new Map(rows.map((row) => [row.symbol, row]));
  }
}
