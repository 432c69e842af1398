import type { Prediction } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { JudgedCloseRecord, PublishedPrediction } from '../database/tables.ts';
import { activationLog, type Publishing, whatStood } from './model-history.ts';
import { Repository } from './repository.ts';

const keyColumns = ['session', 'symbol', 'modelVersion'] as const;

const intervalColumns = ['symbol', 'session', 'lastSession', 'lastClose', 'lower', 'upper', 'madeAt'] as const;

/** The interval of a published prediction; prices in yen. */
export type PublishedInterval = Pick<PublishedPrediction, (typeof intervalColumns)[number] | 'priceBasis'>;

/** The published predictions, which never change. */
export class PredictionRepository extends Repository {
  /**
   * Publishes predictions; an existing one of the same session, symbol and model stays.
   *
   * @returns the number of new predictions
   */
  async save(predictions: readonly PublishedPrediction[]): Promise<number> {
    return await this.insertMissingRows('predictions', predictions, keyColumns);
  }

  /**
   * Returns the valid predictions of the newest predicted session in one universe, by symbol; see {@link forSession}.
   *
   * @param synthetic the universe: real and synthetic symbols never mix (see `activeUniverse`)
   */
  async latest(synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    const { session } = await this.db
      .selectFrom('predictions')
      .select(({ fn }) => fn.max('session').as('session'))
      .where('synthetic', '=', synthetic)
      .executeTakeFirstOrThrow();
    return session === null ? [] : await this.forSession(session, synthetic);
  }

  /**
   * Returns the predictions for a session that were valid at its open, by symbol; see {@link whatStood}. All are of one
   * model and thus comparable. A symbol whose bars end earlier has none.
   */
  async forSession(session: TradeDate, synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', '=', session));
    const model = stood.get(session);
    return model === undefined ? [] : await this.byModel(session, model);
  }

  /** Returns all predictions of one model for a session, by symbol. */
  async byModel(session: TradeDate, modelVersion: string): Promise<readonly PublishedPrediction[]> {
    const rows = await this.#withBasis()
      .selectAll('predictions')
      .where('predictions.session', '=', session)
      .where('predictions.modelVersion', '=', modelVersion)
      .orderBy('predictions.symbol')
      .execute();
    return rows.map(publishedOf);
  }

  /**
   * Returns the predictions of a symbol that were valid at the open of its newest `limit` predicted sessions, oldest
   * first.
   */
  async history(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<readonly PublishedPrediction[]> {
    const sessions = this.#newestSessions(limit, synthetic).where('symbol', '=', symbol);
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.#withBasis()
      .selectAll('predictions')
      .where('predictions.symbol', '=', symbol)
      .where('predictions.synthetic', '=', synthetic)
      .where('predictions.session', '>=', first)
      .orderBy('predictions.session')
      .execute();
    return rows.filter(({ session, modelVersion }) => stood.get(session) === modelVersion).map(publishedOf);
  }

  /** Selects predictions with their price basis. Older ones take that of their symbol, which never changes. */
  #withBasis() {
    return this.db
      .selectFrom('predictions')
      .leftJoin('symbols', 'symbols.symbol', 'predictions.symbol')
      .select(({ fn }) =>
        fn.coalesce('predictions.priceBasis', 'symbols.priceBasis').$castTo<Prediction['priceBasis']>().as('basis'),
      );
  }

  /**
   * Returns the intervals that were valid at the open of the newest `limit` predicted sessions in one universe, by
   * session and symbol. The number of queries does not depend on the number of symbols.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly PublishedInterval[]> {
    const sessions = this.#newestSessions(limit, synthetic);
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.#withBasis()
      .select(intervalColumns.map((column) => `predictions.${column}` as const))
      .select('predictions.modelVersion')
      .where('predictions.synthetic', '=', synthetic)
      .where('predictions.session', '>=', first)
      .orderBy('predictions.session')
      .orderBy('predictions.symbol')
      .execute();
    return rows
      .filter(({ session, modelVersion }) => stood.get(session) === modelVersion)
      .map(({ modelVersion: _modelVersion, ...interval }) => publishedOf(interval));
  }

  /** Returns the time of the newest publication for the newest session of either universe. */
  async newestMadeAt(): Promise<string | null> {
    const { madeAt } = await this.db
      .selectFrom('predictions')
      .select(({ fn }) => fn.max('madeAt').as('madeAt'))
      .where('session', '=', (eb) => eb.selectFrom('predictions').select(({ fn }) => fn.max('session').as('session')))
      .executeTakeFirstOrThrow();
    return madeAt;
  }

  /**
   * Removes the predictions of one universe.
   *
   * @returns the number of removed predictions
   */
  async remove(synthetic: boolean): Promise<number> {
    const result = await this.db.deleteFrom('predictions').where('synthetic', '=', synthetic).executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  #newestSessions(limit: number, synthetic: boolean) {
    const newestFirst = this.db
      .selectFrom('predictions')
      .select('session')
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session', 'desc');
    return this.adapter.page(newestFirst, { limit });
  }

  /** Selects the publications in one universe, the earliest session first. */
  #publishings(synthetic: boolean) {
    return this.db
      .selectFrom('predictions')
      .select(['predictions.session', 'predictions.modelVersion', 'predictions.madeAt'])
      .where('predictions.synthetic', '=', synthetic)
      .distinct()
      .orderBy('predictions.session');
  }

  /** Returns the model with the valid predictions of each session, the earliest first; see {@link whatStood}. */
  async #stood(publishings: { execute(): Promise<Publishing[]> }): Promise<ReadonlyMap<TradeDate, string>> {
    return whatStood(await publishings.execute(), await activationLog(this.db));
  }
}

/** Returns a row with the price basis of its bars. */
function publishedOf<Row extends { readonly basis: Prediction['priceBasis'] }>({ basis, ...row }: Row) {
  return { ...row, priceBasis: basis };
}

/** The closes that first judged the published intervals. They never change. */
export class JudgedCloseRepository extends Repository {
  /** Saves closes; an existing one of the same session, symbol and last session stays. */
  async keep(records: readonly JudgedCloseRecord[]): Promise<void> {
    await this.insertMissingRows('judgedCloses', records, ['session', 'symbol', 'lastSession']);
  }

  /** Returns the closes of some symbols from a session on. */
  async since(session: TradeDate, symbols: readonly SymbolCode[]): Promise<readonly JudgedCloseRecord[]> {
    const { db, adapter } = this;
    return await db
      .selectFrom('judgedCloses')
      .selectAll()
      .where('session', '>=', session)
      .where(adapter.isOneOf('symbol', symbols))
      .execute();
  }

  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this;
    if (symbols.length > 0) await db.deleteFrom('judgedCloses').where(adapter.isOneOf('symbol', symbols)).execute();
  }
}
