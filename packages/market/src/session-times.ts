import { addSessions, countSessions, nextSession } from './calendar.ts';
import { parseTradeDate, type TradeDate } from './trade-date.ts';

/** Hours of one session, 'HH:MM' in Japan. A half day has an empty afternoon: all its later times are 11:00. */
export interface SessionTimes {
  readonly date: TradeDate;
  readonly morningOpen: '09:00';
  readonly morningClose: '11:00' | '11:30';
  readonly afternoonOpen: '11:00' | '12:30' | '13:00';
  /** End of continuous trading; orders for the closing auction are taken from here to `close`. */
  readonly continuousClose: '11:00' | '15:00' | '15:25';
  /** The close, whose price is the day's closing price. */
  readonly close: '11:00' | '15:00' | '15:30';
}

/**
 * The hours of a session, as announced by the exchange for its day (an interruption in the course of a day is not in
 * it): the morning ended at 11:00 before 2011-11-21; first and last session of a year were half days until January
 * 2009; the afternoon began at 13:00 from 2006-01-19 to 2006-04-21, to spare the trading system; since 2024-11-05 the
 * close is 15:30 by auction.
 *
 * @throws DayTradeError `market.not-a-session` when the exchange is closed on the day
 */
export function sessionTimes(date: TradeDate): SessionTimes {
  addSessions(date, 0);
  const morningOpen = '09:00';
  if (isHalfDay(date)) {
    const end = '11:00';
    return { date, morningOpen, morningClose: end, afternoonOpen: end, continuousClose: end, close: end };
  }
  const late = date >= '2024-11-05';
  return {
    date,
    morningOpen,
    morningClose: date < '2011-11-21' ? '11:00' : '11:30',
    afternoonOpen: date >= '2006-01-19' && date <= '2006-04-21' ? '13:00' : '12:30',
    continuousClose: late ? '15:25' : '15:00',
    close: late ? '15:30' : '15:00',
  };
}

const lastHalfDay = parseTradeDate('2009-01-05');

function isHalfDay(date: TradeDate): boolean {
  if (date > lastHalfDay) return false;
  const monthDay = date.slice(5);
  if (monthDay < '01-11') return countSessions(parseTradeDate(`${date.slice(0, 4)}-01-01`), date) === 1;
  return monthDay > '12-24' && nextSession(date).slice(0, 4) > date.slice(0, 4);
}
