import { type SymbolCode, sessionOpen, type TradeDate } from '@daytrade/market';
import type { JudgedCloseRecord, PublishedPrediction } from '../database/tables.ts';
import { activationLog, type Publishing, whatStood } from './model-history.ts';
import { PublishedRepository } from './published-repository.ts';
import { Repository } from './repository.ts';

const keyColumns = ['session', 'symbol', 'modelVersion'] as const;

const intervalColumns = [
  'symbol',
  'session',
  'lastSession',
  'lastClose',
  'lower',
  'upper',
  'madeAt',
  'priceBasis',
] as const;

/** The interval of a published prediction; prices in yen. */
export type PublishedInterval = Pick<PublishedPrediction, (typeof intervalColumns)[number]>;

/** The published predictions, which never change. */
export class PredictionRepository extends PublishedRepository {
  protected readonly table = 'predictions';

  /** Publishes predictions; an existing one of the same session, symbol and model stays. */
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
    const stood = await this.#stood(this.#publishings(synthetic).where('session', '=', session));
    const model = stood.get(session);
    return model === undefined ? [] : await this.byModel(session, model);
  }

  async byModel(session: TradeDate, modelVersion: string): Promise<readonly PublishedPrediction[]> {
    return await this.db
      .selectFrom('predictions')
      .selectAll()
      .where('session', '=', session)
      .where('modelVersion', '=', modelVersion)
      .orderBy('symbol')
      .execute();
  }

  /**
   * Returns the predictions of a symbol that were valid at the open of its newest `limit` predicted sessions, oldest
   * first.
   */
  async history(symbol: SymbolCode, synthetic: boolean, limit: number): Promise<readonly PublishedPrediction[]> {
    const sessions = this.sessions(synthetic, limit).where('symbol', '=', symbol);
    const stood = await this.#stood(this.#publishings(synthetic).where('session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.db
      .selectFrom('predictions')
      .selectAll()
      .where('symbol', '=', symbol)
      .where('synthetic', '=', synthetic)
      .where('session', '>=', first)
      .orderBy('session')
      .execute();
    return rows.filter(({ session, modelVersion }) => stood.get(session) === modelVersion);
  }

  /**
   * Returns the intervals that were valid at the open of the newest `limit` predicted sessions in one universe, by
   * session and symbol. The number of queries does not depend on the number of symbols.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly PublishedInterval[]> {
    const sessions = this.sessions(synthetic, limit);
    const stood = await this.#stood(this.#publishings(synthetic).where('session', 'in', sessions));
    const [first] = stood.keys();
    if (first === undefined) return [];
    const rows = await this.db
      .selectFrom('predictions')
      .select(intervalColumns)
      .select('modelVersion')
      .where('synthetic', '=', synthetic)
      .where('session', '>=', first)
      .orderBy('session')
      .orderBy('symbol')
      .execute();
    return rows
      .filter(({ session, modelVersion }) => stood.get(session) === modelVersion)
      .map(({ modelVersion: _modelVersion, ...interval }) => interval);
  }

  /** Selects the publications in one universe, the earliest session first. */
  #publishings(synthetic: boolean) {
    return this.db
      .selectFrom('predictions')
      .select(['session', 'modelVersion', 'madeAt'])
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session');
  }

  /** Returns the model with the valid predictions of each session, the earliest first; see {@link whatStood}. */
  async #stood(publishings: { execute(): Promise<Publishing[]> }): Promise<ReadonlyMap<TradeDate, string>> {
    const log = await activationLog(this.db);
    const targetOf = ({ session }: Publishing) => session;
    return whatStood(await publishings.execute(), log, targetOf, ({ session }) => sessionOpen(session));
  }
}

/** The closes that first judged the published intervals. They never change. */
export class JudgedCloseRepository extends Repository {
  /** Saves closes; an existing one of the same session, symbol and last session stays. */
  async keep(records: readonly JudgedCloseRecord[]): Promise<void> {
    await this.insertMissingRows('judgedCloses', records, ['session', 'symbol', 'lastSession']);
  }

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
