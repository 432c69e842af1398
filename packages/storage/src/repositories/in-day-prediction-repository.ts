import { type InDayHorizon, inDayHorizons, lateFrom, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { PublishedInDay } from '../database/tables.ts';
import { activationLog, whatStood } from './model-history.ts';
import { PublishedRepository } from './published-repository.ts';

const keyColumns = ['session', 'horizon', 'symbol', 'modelVersion'] as const;

type HorizonOfSession = Pick<PublishedInDay, 'session' | 'horizon'>;

type InDayPublishing = Pick<PublishedInDay, 'session' | 'horizon' | 'modelVersion' | 'madeAt'>;

/**
 * The published forecasts within the day, which never change. For each horizon, the forecasts of one model count (see
 * {@link whatStood}).
 */
export class InDayPredictionRepository extends PublishedRepository {
  protected readonly table = 'inDayPredictions';

  /** Publishes forecasts; an existing one of the same session, horizon, symbol and model stays. */
  async save(predictions: readonly PublishedInDay[]): Promise<number> {
    return await this.insertMissingRows('inDayPredictions', predictions, keyColumns);
  }

  /**
   * Lists the published horizons of a session in one universe, in the order of the day.
   *
   * @param synthetic the universe: real and synthetic symbols never mix (see `activeUniverse`)
   */
  async ofSession(session: TradeDate, synthetic: boolean): Promise<readonly InDayHorizon[]> {
    const rows = await this.db
      .selectFrom('inDayPredictions')
      .select('horizon')
      .distinct()
      .where('synthetic', '=', synthetic)
      .where('session', '=', session)
      .execute();
    const published = new Set(rows.map(({ horizon }) => horizon));
    return inDayHorizons.filter((horizon) => published.has(horizon));
  }

  /** Returns the valid forecasts of a horizon, by symbol. */
  async ofHorizon(of: HorizonOfSession, synthetic: boolean): Promise<readonly PublishedInDay[]> {
    const publishings = await this.#publishings(synthetic)
      .where('session', '=', of.session)
      .where('horizon', '=', of.horizon)
      .execute();
    const model = (await this.#stood(publishings)).get(placeOf(of));
    return model === undefined ? [] : await this.byModel(of, model);
  }

  async byModel({ session, horizon }: HorizonOfSession, modelVersion: string): Promise<readonly PublishedInDay[]> {
    return await this.db
      .selectFrom('inDayPredictions')
      .selectAll()
      .where('session', '=', session)
      .where('horizon', '=', horizon)
      .where('modelVersion', '=', modelVersion)
      .orderBy('symbol')
      .execute();
  }

  /** Returns the valid forecast of a symbol for each horizon of a session, in the order of the day. */
  async ofSymbol(session: TradeDate, symbol: SymbolCode, synthetic: boolean): Promise<readonly PublishedInDay[]> {
    const stood = await this.#stood(await this.#publishings(synthetic).where('session', '=', session).execute());
    const rows = await this.db
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
   * Returns the valid forecasts in the newest `limit` sessions of one universe, by session and symbol. The number of
   * queries does not depend on the number of symbols.
   */
  async newestSessions(limit: number, synthetic: boolean): Promise<readonly PublishedInDay[]> {
    const sessions = this.sessions(synthetic, limit);
    const publishings = await this.#publishings(synthetic).where('session', 'in', sessions).execute();
    const [first] = publishings;
    if (first === undefined) return [];
    const stood = await this.#stood(publishings);
    const rows = await this.db
      .selectFrom('inDayPredictions')
      .selectAll()
      .where('synthetic', '=', synthetic)
      .where('session', '>=', first.session)
      .orderBy('session')
      .orderBy('symbol')
      .execute();
    return rows.filter((row) => stood.get(placeOf(row)) === row.modelVersion);
  }

  /** Selects the publications in one universe, the earliest session first. */
  #publishings(synthetic: boolean) {
    return this.db
      .selectFrom('inDayPredictions')
      .select(['session', 'horizon', 'modelVersion', 'madeAt'])
      .where('synthetic', '=', synthetic)
      .distinct()
      .orderBy('session');
  }

  /** Returns the model with the valid forecasts of each horizon; see {@link whatStood}. */
  async #stood(publishings: readonly InDayPublishing[]): Promise<ReadonlyMap<string, string>> {
    const untilOf = ({ session, horizon }: HorizonOfSession) => lateFrom(session, horizon);
    return whatStood(publishings, await activationLog(this.db), placeOf, untilOf);
  }
}

function placeOf({ session, horizon }: HorizonOfSession): string {
  return `${session} ${horizon}`;
}

function timeOfDay({ horizon }: HorizonOfSession): number {
  return inDayHorizons.indexOf(horizon);
}
