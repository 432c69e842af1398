import {
  dateOfDayNumber,
  type IndexName,
  instantOf,
  newestIndexDay,
  nextSession,
  type TradeDate,
} from '@daytrade/market';
import type { LogReturnColumn, Panel } from '@daytrade/series';
import type { Stores } from '@daytrade/storage';

/** The series of which the last session in America is taken: the first that there is. */
const americanSeries: readonly IndexName[] = ['nasdaq', 'sp500'];

/** Time of day at which the session in America is known that ended in the night, 'HH:MM' in Japan. */
const morning = '08:30';

/**
 * What America did before each next session of a panel, as {@link overnightReturns}; undefined without a series.
 *
 * @param synthetic which universe: real and synthetic values are never mixed
 */
export async function readOvernight(
  { indices }: Pick<Stores, 'indices'>,
  { days }: Pick<Panel, 'days'>,
  synthetic: boolean,
): Promise<LogReturnColumn | undefined> {
  for (const name of americanSeries) {
    const values = await indices.values({ name, synthetic });
    if (values.length > 0) return overnightReturns(days, name, new Map(values.map(({ date, value }) => [date, value])));
  }
  return undefined;
}

/**
 * What an index did between the mornings of two sessions, by the first of them: at t the log return that is known at
 * 08:30 of session t + 1 and was not at 08:30 of session t. NaN where one of the values is not there; 0 where its
 * market was closed.
 */
export function overnightReturns(
  days: Panel['days'],
  name: IndexName,
  values: ReadonlyMap<TradeDate, number>,
): LogReturnColumn {
  const knownBefore = (session: TradeDate) => values.get(newestIndexDay(name, instantOf(session, morning))) ?? NaN;
  const sessions = Array.from(days, dateOfDayNumber);
  const newest = sessions.at(-1);
  const known = newest === undefined ? [] : [...sessions, nextSession(newest)].map(knownBefore);
  return Float64Array.from(days, (_, t) => Math.log(known[t + 1]! / known[t]!));
}
