import { Repository } from './repository.ts';

/** Queries that the predictions of the evening and those within the day share. */
export abstract class PublishedRepository extends Repository {
  protected abstract readonly table: 'predictions' | 'inDayPredictions';

  /** Returns the time of the newest publication for the newest session of either universe. */
  async newestMadeAt(): Promise<string | null> {
    const { madeAt } = await this.#rows()
      .select(({ fn }) => fn.max('madeAt').as('madeAt'))
      .where(
        'session',
        '=',
        this.#rows().select(({ fn }) => fn.max('session').as('session')),
      )
      .executeTakeFirstOrThrow();
    return madeAt;
  }

  /** Removes what is published in one universe. */
  async remove(synthetic: boolean): Promise<number> {
    const { numDeletedRows } = await this.db
      .deleteFrom(this.#name())
      .where('synthetic', '=', synthetic)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Selects the newest `limit` sessions of one universe. */
  protected sessions(synthetic: boolean, limit: number) {
    const rows = this.#rows().select('session').where('synthetic', '=', synthetic).distinct();
    return this.adapter.page(rows.orderBy('session', 'desc'), { limit });
  }

  #rows() {
    return this.db.selectFrom(this.#name());
  }

  /** Returns the table as one of the two, since the columns here are the same in both. */
  #name(): 'predictions' {
    return this.table as 'predictions';
  }
}
