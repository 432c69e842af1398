import { routes, type SessionEntry, type SessionList } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import {
  addDays,
  calendarEnd,
  closedReason,
  dateOfDayNumber,
  dayNumber,
  japanDate,
  japanTime,
  nextSession,
  phaseAt,
  sessionsBetween,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';
import { addRoute, type Service } from '@daytrade/service';

export function addSessionRoutes(service: Service, clock: { readonly now: () => number }): void {
  addRoute(service, routes.sessions, async (request) => {
    const now = clock.now();
    const today = japanDate(now);
    if (today > calendarEnd) throw calendarOver(today);
    const { from, to } = rangeOf(request.query, today);
    return {
      sessions: sessionsBetween(from, to).map(sessionEntry),
      closed: closedDays(from, to),
      now: marketNow(now),
    };
  });
}

interface Range {
  readonly from: TradeDate;
  readonly to: TradeDate;
}

function rangeOf(
  given: { readonly from?: TradeDate | undefined; readonly to?: TradeDate | undefined },
  today: TradeDate,
): Range {
  const from = given.from ?? monthStart(given.to ?? today);
  const to = given.to ?? earlier(addDays(monthStart(addDays(monthStart(from), 62)), -1), calendarEnd);
  return { from, to };
}

/** The request is valid, so the message does not name its days. */
function calendarOver(today: TradeDate): DayTradeError {
  return new DayTradeError(
    'market.date-out-of-range',
    `the calendar ends ${calendarEnd} and today is ${today}: later days need a newer version of day-trade`,
  );
}

function monthStart(date: TradeDate): TradeDate {
  return addDays(date, 1 - Number(date.slice(8)));
}

function earlier(one: TradeDate, other: TradeDate): TradeDate {
  return one < other ? one : other;
}

function sessionEntry(date: TradeDate): SessionEntry {
  const times = sessionTimes(date);
  const isHalfDay = times.afternoonOpen === times.close;
  return { ...times, afternoonOpen: isHalfDay ? null : times.afternoonOpen };
}

function closedDays(from: TradeDate, to: TradeDate): SessionList['closed'] {
  const count = dayNumber(to) - dayNumber(from) + 1;
  return Array.from({ length: count }, (_, offset) => dateOfDayNumber(dayNumber(from) + offset)).flatMap((date) => {
    const reason = closedReason(date);
    return reason === undefined ? [] : [{ date, reason }];
  });
}

function marketNow(now: number): SessionList['now'] {
  const { phase, session, date } = phaseAt(now);
  return {
    japanTime: `${date} ${japanTime(now)}`,
    phase,
    session,
    nextSession: phase === 'before-open' ? date : sessionAfter(date),
  };
}

/** Returns null at the end of the calendar. */
function sessionAfter(date: TradeDate): TradeDate | null {
  return date < addDays(calendarEnd, -1) ? nextSession(date) : null;
}
