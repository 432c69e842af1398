import { instantOf } from './japan-time.ts';
import { phaseAt } from './session-phase.ts';
import { sessionTimes } from './session-times.ts';
import type { TradeDate } from './trade-date.ts';

/**
 * The horizons within the day, in the order of the day: at 08:30 the session in America that ended at 06:00 is known,
 * at the open the opening price, from then on every bar of 5 minutes that has ended by the time. Each forecasts the
 * close of its own day.
 */
export const inDayHorizons = [
  'close@08:30',
  'close@open',
  'close@09:15',
  'close@09:30',
  'close@09:45',
  'close@10:00',
  'close@10:15',
  'close@10:30',
  'close@10:45',
  'close@11:00',
  'close@11:15',
  'close@11:30',
  'close@12:45',
  'close@13:00',
  'close@13:15',
  'close@13:30',
  'close@13:45',
  'close@14:00',
  'close@14:15',
  'close@14:30',
  'close@14:45',
  'close@15:00',
  'close@15:15',
] as const;

export type InDayHorizon = (typeof inDayHorizons)[number];

/** Target of a forecast and its time: in the evening for the next close, or within the day for its close. */
export type Horizon = 'next-close' | InDayHorizon;

/** The opening price is known when the first bar of 5 minutes has ended. */
const openIsKnownAt = '09:05';
/** Minutes from the time of a horizon in which its forecast has to be there. */
const graceMs = 5 * 60_000;

/** The horizons of a session: those before its close, and none of them at lunch. */
export function inDayHorizonsOf(session: TradeDate): readonly InDayHorizon[] {
  const { morningClose, afternoonOpen, close } = sessionTimes(session);
  return inDayHorizons.filter((horizon) => {
    const time = timeOf(horizon);
    return time < close && (time <= morningClose || time > afternoonOpen);
  });
}

/**
 * The instant at which all is known that a forecast of the horizon knows, milliseconds since 1970-01-01 UTC. For
 * `close@open` it is the end of the first bar of 5 minutes, which has the opening price.
 *
 * @throws DayTradeError `market.not-a-session`
 */
export function horizonTime(session: TradeDate, horizon: InDayHorizon): number {
  return instantOf(sessionTimes(session).date, timeOf(horizon));
}

/**
 * The instant from which on a forecast of the horizon is late, milliseconds since 1970-01-01 UTC: 5 minutes after its
 * time, or the close where that is earlier.
 */
export function lateFrom(session: TradeDate, horizon: InDayHorizon): number {
  return Math.min(horizonTime(session, horizon) + graceMs, instantOf(session, sessionTimes(session).close));
}

/**
 * The horizon whose time came last, at an instant in a session's day; undefined before 08:30, from the close on, and on
 * a day without a session.
 */
export function horizonAt(instantMs: number): InDayHorizon | undefined {
  const { phase, session } = phaseAt(instantMs);
  if (session === null || phase === 'after-close') return undefined;
  return inDayHorizonsOf(session).findLast((horizon) => horizonTime(session, horizon) <= instantMs);
}

/** 'HH:MM' in Japan. */
function timeOf(horizon: InDayHorizon): string {
  return horizon === 'close@open' ? openIsKnownAt : horizon.slice('close@'.length);
}
