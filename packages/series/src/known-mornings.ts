import {
  dateOfDayNumber,
  type IndexName,
  instantOf,
  newestIndexDay,
  nextSession,
  type TradeDate,
} from '@daytrade/market';
import type { LogReturnColumn, Panel } from './panel.ts';

/** Time of day at which the session in New York is known that ended in the night, 'HH:MM' in Japan. */
const morning = '08:30';

/** Values of an index series by the day of its own market. */
export type IndexByDay = ReadonlyMap<TradeDate, number>;

/**
 * The value of an index that is known at 08:30 of each session, and of the one after the last. NaN where the newest
 * value that could be known is not there: an older one must not pass for it.
 */
export function knownMornings(days: Panel['days'], name: IndexName, values: IndexByDay): Float64Array {
  const sessions = Array.from(days, dateOfDayNumber);
  const newest = sessions.at(-1);
  const mornings = newest === undefined ? [] : [...sessions, nextSession(newest)];
  return Float64Array.from(mornings, (session) => values.get(newestIndexDay(name, instantOf(session, morning))) ?? NaN);
}

/**
 * Returns the moves of an index between mornings: at t the log return known at 08:30 of session t + 1 and not yet at
 * 08:30 of session t. NaN where one of the values is not there; 0 where its market was closed.
 */
export function overnightReturns(days: Panel['days'], name: IndexName, values: IndexByDay): LogReturnColumn {
  const known = knownMornings(days, name, values);
  return Float64Array.from(days, (_, t) => Math.log(known[t + 1]! / known[t]!));
}
