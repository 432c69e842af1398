import type { Prediction } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import { expressionBuilder, type Kysely } from 'kysely';
import type { DatabaseAdapter, QueriedDatabase } from '../database/database-adapter.ts';
import type { PublishedPrediction, Tables } from '../database/tables.ts';

const keyColumns = ['session', 'symbol', 'modelVersion'] as const;

/** All but the price basis, which older rows do not have. */
const columns = [
  'predictions.session',
  'predictions.symbol',
  'predictions.modelVersion',
  'predictions.name',
  'predictions.lastSession',
  'predictions.lastClose',
  'predictions.centre',
  'predictions.lower',
  'predictions.upper',
  'predictions.coverage',
  'predictions.probabilityUp',
  'predictions.intervalMethod',
  'predictions.madeAt',
  'predictions.synthetic',
] as const;

/** What a published prediction promised; prices in yen. */
export type PublishedInterval = Pick<PublishedPrediction, 'symbol' | 'session' | 'lower' | 'upper'>;

/** The published predictions. One that is published is never changed. */
export class PredictionRepository {
  readonly #db: Kysely<Tables>;
  readonly #adapter: DatabaseAdapter;

  constructor({ db, adapter }: QueriedDatabase) {
    this.#db = db;
    this.#adapter = adapter;
  }

  /**
   * Publishes predictions. For a session, symbol and model that has one already the earlier stays, so that saving twice
   * is the same as once.
   *
   * @returns how many were new
   */
  async save(predictions: readonly PublishedPrediction[]): Promise<number> {
    // In one order, so that of two processes that publish the same one waits and neither blocks the other.
    const sorted = predictions.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const { rowsPerInsert } = this.#adapter;
    return await this.#db.transaction().execute(async (transaction) => {
      let added = 0;
      for (let start = 0; start < sorted.length; start += rowsPerInsert) {
        const rows = sorted.slice(start, start + rowsPerInsert);
        added += await this.#adapter.insertMissing(transaction, 'predictions', rows, keyColumns);
      }
      return added;
    });
  }

  /**
   * The predictions of the newest predicted session of one universe, by symbol: those of the live model where it made
   * some, else of the model that made the newest. All are of one session and one model, so that they can be compared: a
   * symbol whose bars end earlier has none among them, and whoever shows them says so of each such symbol.
   *
   * @param synthetic which universe: real symbols and synthetic ones are never mixed (see `activeUniverse`)
   */
  async latest(synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    return await this.#ofOneModel(synthetic);
  }

  /** As {@link latest}, for one session. */
  async forSession(session: TradeDate, synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    return await this.#ofOneModel(synthetic, session);
  }

  /** The newest `limit` predicted sessions of a symbol, oldest first; of several models the one that predicted last. */
  async history(symbol: SymbolCode, limit: number): Promise<readonly PublishedPrediction[]> {
    const newestFirst = this.#db
      .with('ranked', () =>
        this.#published()
          .where('predictions.symbol', '=', symbol)
          .select(({ fn }) =>
            fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('session').orderBy('madeAt', 'desc').orderBy('modelVersion', 'desc'))
              .as('rank'),
          ),
      )
      .selectFrom('ranked')
      .selectAll()
      .where('rank', '=', 1)
      .orderBy('session', 'desc');
    const rows = await this.#adapter.page(newestFirst, { limit }).execute();
    return rows.toReversed().map(({ rank: _rank, ...prediction }) => prediction);
  }

  /** The predictions, those that are older than their price basis with that of their symbol, which never changes. */
  #published() {
    return this.#db
      .selectFrom('predictions')
      .leftJoin('symbols', 'symbols.symbol', 'predictions.symbol')
      .select(columns)
      .select(({ fn }) =>
        fn
          .coalesce('predictions.priceBasis', 'symbols.priceBasis')
          .$castTo<Prediction['priceBasis']>()
          .as('priceBasis'),
      );
  }

  /**
   * The intervals of the newest `limit` predicted sessions of one universe, by session and symbol: by one query,
   * whatever the number of symbols. Of several models the one that predicted last.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly PublishedInterval[]> {
    return await this.#db
      .with('newest', (db) =>
        this.#adapter.page(
          db
            .selectFrom('predictions')
            .select('session')
            .where('synthetic', '=', synthetic)
            .distinct()
            .orderBy('session', 'desc'),
          { limit },
        ),
      )
      .with('ranked', (db) =>
        db
          .selectFrom('predictions')
          .select(['symbol', 'session', 'lower', 'upper'])
          .where('synthetic', '=', synthetic)
          .where('session', 'in', (inner) => inner.selectFrom('newest').select('newest.session'))
          .select(({ fn }) =>
            fn
              .agg<number>('row_number')
              .over((over) =>
                over.partitionBy(['session', 'symbol']).orderBy('madeAt', 'desc').orderBy('modelVersion', 'desc'),
              )
              .as('rank'),
          ),
      )
      .selectFrom('ranked')
      .select(['symbol', 'session', 'lower', 'upper'])
      .where('rank', '=', 1)
      .orderBy('session')
      .orderBy('symbol')
      .execute();
  }

  /**
   * Removes the predictions of one universe.
   *
   * @returns how many there were
   */
  async remove(synthetic: boolean): Promise<number> {
    const result = await this.#db.deleteFrom('predictions').where('synthetic', '=', synthetic).executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  /**
   * What the live model, else the newest one, said of a session, by default of the newest that there is: by one query.
   */
  async #ofOneModel(synthetic: boolean, session?: TradeDate): Promise<readonly PublishedPrediction[]> {
    const asked =
      session === undefined
        ? this.#db
            .selectFrom('predictions')
            .select(({ fn }) => fn.max('session').as('session'))
            .where('synthetic', '=', synthetic)
        : expressionBuilder<Tables>().val(session);
    const newest = this.#db.selectFrom('activations').select('version').orderBy('id', 'desc');
    const live = this.#adapter.page(newest, { limit: 1 });
    const best = this.#db
      .selectFrom('predictions')
      .select('modelVersion')
      .where('synthetic', '=', synthetic)
      .where('session', '=', asked)
      .groupBy('modelVersion')
      .orderBy((eb) => eb.case().when('modelVersion', '=', live).then(eb.lit(1)).else(eb.lit(0)).end(), 'desc')
      .orderBy(({ fn }) => fn.max('madeAt'), 'desc')
      .orderBy('modelVersion', 'desc');
    const chosen = this.#adapter.page(best, { limit: 1 });
    return await this.#published()
      .where('predictions.synthetic', '=', synthetic)
      .where('session', '=', asked)
      .where('modelVersion', '=', chosen)
      .orderBy('predictions.symbol')
      .execute();
  }
}

function keyOf({ session, symbol, modelVersion }: PublishedPrediction): string {
  return `${session} ${symbol} ${modelVersion}`;
}
