import type { TradeDate } from '@daytrade/market';
import type { QueriedDatabase } from '../database/database-adapter.ts';
import type { IndexValueRecord } from '../database/tables.ts';
import { Repository } from './repository.ts';

export type IndexValue = Pick<IndexValueRecord, 'date' | 'value'>;

/** Key of a series. Real and synthetic values of one name are separate series. */
export type IndexKey = Pick<IndexValueRecord, 'name' | 'synthetic'>;

export interface IndexExtent extends IndexKey {
  readonly values: number;
  readonly firstDate: TradeDate;
  readonly lastDate: TradeDate;
  /** Source and fetch time of the newest value. */
  readonly source: string;
  readonly fetchedAt: string;
}

export interface IndexMerge {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

const keyColumns = ['name', 'synthetic', 'date'] as const;

export class IndexRepository extends Repository {
  /** Adds or replaces values of distinct days, all or none; merges of one series run one after another. */
  async merge(
    key: IndexKey,
    values: readonly IndexValue[],
    from: Pick<IndexValueRecord, 'source' | 'fetchedAt'>,
  ): Promise<IndexMerge> {
    const { db, adapter } = this;
    return await db.transaction().execute(async (transaction) => {
      await adapter.lockInTransaction(transaction, `index ${key.name} ${key.synthetic}`);
      const difference = differenceOf(await this.#valuesOf(key, transaction), values);
      const rowOf = ({ date, value }: IndexValue) => ({ ...key, date, value, ...from });
      const rows = [...difference.added, ...difference.changed].map(rowOf);
      await this.upsertRows('indexValues', rows, keyColumns, transaction);
      return countsOf(difference, values);
    });
  }

  /** Returns the result of {@link merge} without writing. */
  async compare(key: IndexKey, values: readonly IndexValue[]): Promise<IndexMerge> {
    return countsOf(differenceOf(await this.values(key), values), values);
  }

  /** Returns all values of a series, oldest first. */
  async values(key: IndexKey): Promise<readonly IndexValue[]> {
    return await this.#valuesOf(key, this.db);
  }

  async extents(): Promise<readonly IndexExtent[]> {
    const { db } = this;
    const ranges = await db
      .selectFrom('indexValues')
      .select(({ fn }) => [
        'name',
        'synthetic',
        fn.countAll<number>().as('values'),
        fn.min('date').as('firstDate'),
        fn.max('date').as('lastDate'),
      ])
      .groupBy(['name', 'synthetic'])
      .orderBy('name')
      .orderBy('synthetic')
      .execute();
    const extents: IndexExtent[] = [];
    for (const range of ranges) {
      const { source, fetchedAt } = await db
        .selectFrom('indexValues')
        .select(['source', 'fetchedAt'])
        .where('name', '=', range.name)
        .where('synthetic', '=', range.synthetic)
        .where('date', '=', range.lastDate)
        .executeTakeFirstOrThrow();
      extents.push({ ...range, source, fetchedAt });
    }
    return extents;
  }

  async removeSynthetic(): Promise<void> {
    await this.db.deleteFrom('indexValues').where('synthetic', '=', true).execute();
  }

  async #valuesOf({ name, synthetic }: IndexKey, db: QueriedDatabase['db']): Promise<readonly IndexValue[]> {
    return await db
      .selectFrom('indexValues')
      .select(['date', 'value'])
      .where('name', '=', name)
      .where('synthetic', '=', synthetic)
      .orderBy('date')
      .execute();
  }
}

interface Difference {
  readonly added: readonly IndexValue[];
  readonly changed: readonly IndexValue[];
}

function differenceOf(stored: readonly IndexValue[], values: readonly IndexValue[]): Difference {
  const known = new Map(stored.map(({ date, value }) => [date, value]));
  return {
    added: values.filter(({ date }) => !known.has(date)),
    changed: values.filter(({ date, value }) => known.has(date) && known.get(date) !== value),
  };
}

function countsOf({ added, changed }: Difference, values: readonly IndexValue[]): IndexMerge {
  return {
    added: added.length,
    changed: changed.length,
    unchanged: values.length - added.length - changed.length,
  };
}
