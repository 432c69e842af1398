import { type InDayHorizon, inDayHorizons, lateFrom, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { Kysely } from 'kysely';
import type { DatabaseAdapter, QueriedDatabase } from '../database/database-adapter.ts';
import type { PublishedInDay, Tables } from '../database/tables.ts';
import { activationLog, modelThatStood } from './model-history.ts';
import { insertMissingRows } from './rows.ts';

const keyColumns = ['session', 'horizon', 'symbol', 'modelVersion'] as const;

const intervalColumns = [
  'symbol',
  'session',
  'horizon',
  'modelVersion',
  'previousSession',
  'previousClose',
  'lower',
  'upper',
  'priceBasis',
  'madeAt',
] as const;

/** What a published forecast within the day promised, and when; prices in yen. */
export type InDayInterval = Pick<PublishedInDay, (typeof intervalColumns)[number]>;

/** What is forecast, and when: the close of a session, at a time of its day. */
type HorizonOfSession = Pick<PublishedInDay, 'session' | 'horizon'>;

/** One time at which a model published forecasts of a horizon. */
type InDayPublishing = Pick<PublishedInDay, 'session' | 'horizon' | 'modelVersion' | 'madeAt'>;

/**
 * The forecasts that are published within the day. One that is published is never changed. Of a horizon the forecasts
 * of one model count: those that stood when its time was over (see {@link modelThatStood}).
 */
export class InDayPredictionRepository {
  readonly #db: Kysely<Tables>;
  readonly #adapter: DatabaseAdapter;

  constructor({ db, adapter }: QueriedDatabase) {
    this.#db = db;
    this.#adapter = adapter;
  }

  /**
   * Publishes forecasts. For a session, horizon, symbol and model that has one already the earlier stays, so that
   * saving twice is the same as once.
   *
   * @returns how many were new
   */
  async save(predictions: readonly PublishedInDay[]): Promise<number> {
    const database = { db: this.#db, adapter: this.#adapter };
    return await insertMissingRows(database, 'inDayPredictions', predictions, keyColumns);
  }

  /**
   * The horizons of a session that were published for one universe, in the order of the day.
   *
   * @param synthetic which universe: real symbols and synthetic ones are never mixed (see `activeUniverse`)
   */
  async ofSession(session: TradeDate, synthetic: boolean): Promise<readonly InDayHorizon[]> {
    const rows = await this.#db
      .selectFrom('inDayPredictions')
      .select('horizon')
      .distinct()
      .where('synthetic', '=', synthetic)
      .where('session', '=', session)
      .execute();
    const published = new Set(rows.map(({ horizon }) => horizon));
    return inDayHorizons.filter((horizon) => published.has(horizon));
  }

  /** The forecasts of a horizon that stood, by symbol. */
  async ofHorizon(of: HorizonOfSession, synthetic: boolean): Promise<readonly PublishedInDay[]> {
    const publishings = await this.#publishings(synthetic)
      .where('session', '=', of.session)
      .where('horizon', '=', of.horizon)
      .execute();
    const model = (await this.#stood(publishings)).get(placeOf(of));
    return model === undefined ? [] : await this.byModel(of, model);
  }

  /** What one model said of a horizon, by symbol, whatever others said. */
  async byModel({ session, horizon }: HorizonOfSession, modelVersion: string): Promise<readonly PublishedInDay[]> {
    return await this.#db
      .selectFrom('inDayPredictions')
      .selectAll()
      .where('session', '=', session)
      .where('horizon', '=', horizon)
      .where('modelVersion', '=', modelVersion)
      .orderBy('symbol')
      .execute();
  }

  /** The forecasts of a symbol that stood, one for each horizon of a session, in the order of the day. */
  async ofSymbol(session: TradeDate, symbol: SymbolCode, synthetic: boolean): Promise<readonly PublishedInDay[]> {
    const stood = await this.#stood(await this.#publishings(synthetic).where('session', '=', session).execute());
    const rows = await this.#db
      .selectFrom('inDayPredictions')
      .selectAll()
      .where('session', '=', session)
      .where('symbol', '=', symbol)
      .where('synthetic', '=', synthetic)
      .execute();
    const standing = rows.filter((row) => stood.get(placeOf(row)) === row.modelVersion);
    return standing.toSorted((one, other) => timeOfDay(one) - timeOfDay(other));
  }

  /**
   * What the forecasts promised that stood in the newest `limit` sessions of one universe, by session and symbol: by as
   * many queries, whatever the number of symbols.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly InDayInterval[]> {
    const newestFirst = this.#db
      .selectFrom('inDayPredictions')
      .select('session')
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session', 'desc');
    const sessions = this.#adapter.page(newestFirst, { limit });
    const publishings = await this.#publishings(synthetic).where('session', 'in', sessions).execute();
    const [first] = publishings;
    if (first === undefined) return [];
    const stood = await this.#stood(publishings);
    const rows = await this.#db
      .selectFrom('inDayPredictions')
      .select(intervalColumns)
      .where('synthetic', '=', synthetic)
      .where('session', '>=', first.session)
      .orderBy('session')
      .orderBy('symbol')
      .execute();
    return rows.filter((row) => stood.get(placeOf(row)) === row.modelVersion);
  }

  /** The instant of the newest publication for the newest session, of either universe. */
  async newestMadeAt(): Promise<string | null> {
    const { madeAt } = await this.#db
      .selectFrom('inDayPredictions')
      .select(({ fn }) => fn.max('madeAt').as('madeAt'))
      .where('session', '=', (eb) =>
        eb.selectFrom('inDayPredictions').select(({ fn }) => fn.max('session').as('session')),
      )
      .executeTakeFirstOrThrow();
    return madeAt;
  }

  /**
   * Removes the forecasts of one universe.
   *
   * @returns how many there were
   */
  async remove(synthetic: boolean): Promise<number> {
    const result = await this.#db.deleteFrom('inDayPredictions').where('synthetic', '=', synthetic).executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  /** When which model published something for which horizon of one universe, the earliest session first. */
  #publishings(synthetic: boolean) {
    return this.#db
      .selectFrom('inDayPredictions')
      .select(['session', 'horizon', 'modelVersion', 'madeAt'])
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session');
  }

  /** The model whose forecasts stood, by the place of each horizon. */
  async #stood(publishings: readonly InDayPublishing[]): Promise<ReadonlyMap<string, string>> {
    if (publishings.length === 0) return new Map();
    const log = await activationLog(this.#db);
    const ofPlace = Map.groupBy(publishings, placeOf);
    return new Map(
      publishings.map((one) => {
        const place = placeOf(one);
        return [place, modelThatStood(ofPlace.get(place) ?? [one], log, lateFrom(one.session, one.horizon))];
      }),
    );
  }
}

function placeOf({ session, horizon }: HorizonOfSession): string {
  return `${session} ${horizon}`;
}

function timeOfDay({ horizon }: HorizonOfSession): number {
  return inDayHorizons.indexOf(horizon);
}
