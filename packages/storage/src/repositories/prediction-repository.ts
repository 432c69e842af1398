import type { Prediction } from '@daytrade/contracts';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { Kysely } from 'kysely';
import type { DatabaseAdapter, QueriedDatabase } from '../database/database-adapter.ts';
import type { JudgedCloseRecord, PublishedPrediction, Tables } from '../database/tables.ts';
import { activationLog, type Publishing, whatStood } from './model-history.ts';
import { insertMissingRows } from './rows.ts';

const keyColumns = ['session', 'symbol', 'modelVersion'] as const;

/** All but the price basis, which older rows do not have. */
const columns = [
  'predictions.session',
  'predictions.symbol',
  'predictions.modelVersion',
  'predictions.name',
  'predictions.lastSession',
  'predictions.lastClose',
  'predictions.expectedDividend',
  'predictions.centre',
  'predictions.lower',
  'predictions.upper',
  'predictions.coverage',
  'predictions.probabilityUp',
  'predictions.intervalMethod',
  'predictions.madeAt',
  'predictions.synthetic',
] as const;

const intervalColumns = [
  'predictions.symbol',
  'predictions.session',
  'predictions.lastSession',
  'predictions.lastClose',
  'predictions.lower',
  'predictions.upper',
  'predictions.madeAt',
] as const;

/** What a published prediction promised, and when; prices in yen. */
export type PublishedInterval = Pick<
  PublishedPrediction,
  'symbol' | 'session' | 'lastSession' | 'lastClose' | 'lower' | 'upper' | 'madeAt' | 'priceBasis'
>;

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
    const database = { db: this.#db, adapter: this.#adapter };
    return await insertMissingRows(database, 'predictions', predictions, keyColumns);
  }

  /**
   * The predictions of the newest predicted session of one universe, by symbol; see {@link forSession}.
   *
   * @param synthetic which universe: real symbols and synthetic ones are never mixed (see `activeUniverse`)
   */
  async latest(synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    const { session } = await this.#db
      .selectFrom('predictions')
      .select(({ fn }) => fn.max('session').as('session'))
      .where('synthetic', '=', synthetic)
      .executeTakeFirstOrThrow();
    return session === null ? [] : await this.forSession(session, synthetic);
  }

  /**
   * The predictions for a session that stood when it opened, by symbol; see {@link whatStood}. All are of one model, so
   * that they can be compared: a symbol whose bars end earlier has none among them, and whoever shows them says so of
   * each such symbol.
   */
  async forSession(session: TradeDate, synthetic: boolean): Promise<readonly PublishedPrediction[]> {
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', '=', session));
    const model = stood.get(session);
    return model === undefined ? [] : await this.byModel(session, model);
  }

  /** What one model said of a session, by symbol, whatever others said. */
  async byModel(session: TradeDate, modelVersion: string): Promise<readonly PublishedPrediction[]> {
    return await this.#published()
      .where('predictions.session', '=', session)
      .where('predictions.modelVersion', '=', modelVersion)
      .orderBy('predictions.symbol')
      .execute();
  }

  /** The predictions of a symbol that stood at the open of its newest `limit` predicted sessions, oldest first. */
  async history(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<readonly PublishedPrediction[]> {
    const sessions = this.#newestSessions(limit, synthetic).where('symbol', '=', symbol);
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.#published()
      .where('predictions.symbol', '=', symbol)
      .where('predictions.synthetic', '=', synthetic)
      .where('predictions.session', '>=', first)
      .orderBy('predictions.session')
      .execute();
    return rows.filter(({ session, modelVersion }) => stood.get(session) === modelVersion);
  }

  #published() {
    return this.#withPriceBasis().select(columns);
  }

  /** The price basis of predictions: of those that are older than it that of their symbol, which never changes. */
  #withPriceBasis() {
    return this.#db
      .selectFrom('predictions')
      .leftJoin('symbols', 'symbols.symbol', 'predictions.symbol')
      .select(({ fn }) =>
        fn
          .coalesce('predictions.priceBasis', 'symbols.priceBasis')
          .$castTo<Prediction['priceBasis']>()
          .as('priceBasis'),
      );
  }

  /**
   * The intervals that stood at the open of the newest `limit` predicted sessions of one universe, by session and
   * symbol: by as many queries, whatever the number of symbols.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly PublishedInterval[]> {
    const sessions = this.#newestSessions(limit, synthetic);
    const stood = await this.#stood(this.#publishings(synthetic).where('predictions.session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.#withPriceBasis()
      .select([...intervalColumns, 'predictions.modelVersion'])
      .where('predictions.synthetic', '=', synthetic)
      .where('predictions.session', '>=', first)
      .orderBy('predictions.session')
      .orderBy('predictions.symbol')
      .execute();
    return rows
      .filter(({ session, modelVersion }) => stood.get(session) === modelVersion)
      .map(({ modelVersion: _modelVersion, ...interval }) => interval);
  }

  /** The instant of the newest publication for the newest session, of either universe. */
  async newestMadeAt(): Promise<string | null> {
    const { madeAt } = await this.#db
      .selectFrom('predictions')
      .select(({ fn }) => fn.max('madeAt').as('madeAt'))
      .where('session', '=', (eb) => eb.selectFrom('predictions').select(({ fn }) => fn.max('session').as('session')))
      .executeTakeFirstOrThrow();
    return madeAt;
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

  #newestSessions(limit: number, synthetic: boolean) {
    const newestFirst = this.#db
      .selectFrom('predictions')
      .select('session')
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session', 'desc');
    return this.#adapter.page(newestFirst, { limit });
  }

  /** When which model published something for which session of one universe, the earliest session first. */
  #publishings(synthetic: boolean) {
    return this.#db
      .selectFrom('predictions')
      .select(['predictions.session', 'predictions.modelVersion', 'predictions.madeAt'])
      .where('predictions.synthetic', '=', synthetic)
      .distinct()
      .orderBy('predictions.session');
  }

  /** The model whose predictions stood, by session, the earliest first; see {@link whatStood}. */
  async #stood(publishings: { execute(): Promise<Publishing[]> }): Promise<ReadonlyMap<TradeDate, string>> {
    return whatStood(await publishings.execute(), await activationLog(this.#db));
  }
}

/** The closes by which published intervals were judged first. One that is kept is never changed. */
export class JudgedCloseRepository {
  readonly #database: QueriedDatabase;

  constructor(database: QueriedDatabase) {
    this.#database = database;
  }

  /** Keeps closes; where one of the same session, symbol and last session is kept already, the earlier stays. */
  async keep(records: readonly JudgedCloseRecord[]): Promise<void> {
    await insertMissingRows(this.#database, 'judgedCloses', records, ['session', 'symbol', 'lastSession']);
  }

  /** The kept closes of some symbols from a session on. */
  async since(session: TradeDate, symbols: readonly SymbolCode[]): Promise<readonly JudgedCloseRecord[]> {
    const { db, adapter } = this.#database;
    return await db
      .selectFrom('judgedCloses')
      .selectAll()
      .where('session', '>=', session)
      .where(adapter.isOneOf('symbol', symbols))
      .execute();
  }

  async remove(symbols: readonly SymbolCode[]): Promise<void> {
    const { db, adapter } = this.#database;
    if (symbols.length > 0) await db.deleteFrom('judgedCloses').where(adapter.isOneOf('symbol', symbols)).execute();
  }
}
