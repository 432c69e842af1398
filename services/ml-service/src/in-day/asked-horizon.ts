import { DayTradeError } from '@daytrade/errors';
import {
  closedReason,
  horizonAt,
  horizonTime,
  type InDayHorizon,
  inDayHorizonsOf,
  japanDate,
  japanTime,
  phaseAt,
  type TradeDate,
} from '@daytrade/market';

/** The requested forecast: the close of a session, as seen from a time of its day. */
export interface AskedHorizon {
  readonly session: TradeDate;
  readonly horizon: InDayHorizon;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
}

/**
 * The horizon that a request means: of today's session, and one whose time has come.
 *
 * @param asked default: the one whose time came last, while the session goes on
 * @throws DayTradeError `market.not-a-session`; `prediction.too-early`; `prediction.session-over` when none is named
 * after the close; `input.invalid` for a time at which that session was over
 */
export function askedHorizon(now: number, asked?: InDayHorizon): AskedHorizon {
  const { session, phase } = phaseAt(now);
  if (session === null) throw closedToday(japanDate(now));
  const horizon = asked ?? horizonAt(now);
  const horizons = inDayHorizonsOf(session);
  const [first] = horizons;
  if (horizon === undefined) throw phase === 'after-close' ? isOver(session) : tooEarly(first!, session, now);
  if (!horizons.includes(horizon)) {
    throw new DayTradeError(
      'input.invalid',
      `the session of ${session} has no forecast at ${spoken(horizon)}, its last one is at ${spoken(horizons.at(-1)!)}`,
    );
  }
  const time = horizonTime(session, horizon);
  if (time > now) throw tooEarly(horizon, session, now);
  return { session, horizon, time };
}

function closedToday(date: TradeDate): DayTradeError {
  const reason = closedReason(date);
  return new DayTradeError('market.not-a-session', `${date}: the exchange is closed (${reason})`);
}

function tooEarly(horizon: InDayHorizon, session: TradeDate, now: number): DayTradeError {
  const time = japanTime(horizonTime(session, horizon)).slice(0, 5);
  return new DayTradeError(
    'prediction.too-early',
    `${spoken(horizon)}: what it has to know is known at ${time} in Japan, where it is ${japanTime(now).slice(0, 5)}`,
  );
}

/** The time of a horizon as it stands in a request (`close@10:30`) and in a command (`10:30`) alike. */
function spoken(horizon: InDayHorizon): string {
  return horizon.slice('close@'.length);
}

function isOver(session: TradeDate): DayTradeError {
  return new DayTradeError('prediction.session-over', `the session of ${session} is over, and its close is known`);
}
