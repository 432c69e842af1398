import { DayTradeError } from '@daytrade/errors';
import holidayCalendar from '@holiday-jp/holiday_jp';
import { addDays, dateOfDayNumber, dayNumber, type TradeDate, weekday } from './trade-date.ts';

export const calendarStart = '2000-01-01' as TradeDate;
export const calendarEnd = '2030-12-31' as TradeDate;

const firstDay = dayNumber(calendarStart);
const lastDay = dayNumber(calendarEnd);

interface SessionTable {
  /** All sessions, oldest first. */
  readonly sessions: readonly TradeDate[];
  /** For the day `firstDay + i`: how many sessions lie before it. One entry more than there are days. */
  readonly sessionsBefore: readonly number[];
}

let table: SessionTable | undefined;

/** Made once, at the first question: about 11,000 days. */
function sessionTable(): SessionTable {
  table ??= buildSessionTable();
  return table;
}

function buildSessionTable(): SessionTable {
  const sessions: TradeDate[] = [];
  const sessionsBefore = [0];
  for (let day = firstDay; day <= lastDay; day++) {
    const date = dateOfDayNumber(day);
    if (reasonClosed(date) === undefined) sessions.push(date);
    sessionsBefore.push(sessions.length);
  }
  return { sessions, sessionsBefore };
}

/** Index of the day in the table; throws outside of it. */
function dayIndex(date: TradeDate): number {
  const index = dayNumber(date) - firstDay;
  if (index >= 0 && index <= lastDay - firstDay) return index;
  throw outOfRange(date);
}

function outOfRange(date: TradeDate, question = ''): DayTradeError {
  return new DayTradeError(
    'market.date-out-of-range',
    `${date}: ${question}the exchange calendar goes from ${calendarStart} to ${calendarEnd}`,
  );
}

/**
 * True when the Tokyo Stock Exchange trades on the day.
 *
 * @throws DayTradeError `market.date-out-of-range` outside 2000 to 2030, as does every function of the calendar
 */
export function isSession(date: TradeDate): boolean {
  const index = dayIndex(date);
  const { sessionsBefore } = sessionTable();
  return sessionsBefore[index + 1] !== sessionsBefore[index];
}

/** Why the exchange is closed on the day, in English ('Saturday', 'Marine Day', …); undefined when it is a session. */
export function closedReason(date: TradeDate): string | undefined {
  dayIndex(date);
  return reasonClosed(date);
}

/** The sessions from `from` to `to`, both included when they are sessions; empty when `from` is after `to`. */
export function sessionsBetween(from: TradeDate, to: TradeDate): TradeDate[] {
  const { sessions, sessionsBefore } = sessionTable();
  return sessions.slice(sessionsBefore[dayIndex(from)], sessionsBefore[dayIndex(to) + 1]);
}

export function countSessions(from: TradeDate, to: TradeDate): number {
  const { sessionsBefore } = sessionTable();
  return Math.max(0, sessionsBefore[dayIndex(to) + 1]! - sessionsBefore[dayIndex(from)]!);
}

/** The first session strictly after the day, which need not be a session itself. */
export function nextSession(date: TradeDate): TradeDate {
  return sessionsLater(date, 1);
}

/** The last session strictly before the day, which need not be a session itself. */
export function previousSession(date: TradeDate): TradeDate {
  return sessionsLater(date, -1);
}

/**
 * The `count`-th session after the day (before it when negative). From a day that is not a session, 1 is the next
 * session and -1 the previous one.
 *
 * @throws DayTradeError `market.not-a-session` when `count` is 0 and the exchange is closed on the day
 */
export function addSessions(date: TradeDate, count: number): TradeDate {
  if (count !== 0) return sessionsLater(date, count);
  const reason = closedReason(date);
  if (reason === undefined) return date;
  throw new DayTradeError('market.not-a-session', `${date}: the exchange is closed (${reason})`);
}

function sessionsLater(date: TradeDate, count: number): TradeDate {
  const { sessions, sessionsBefore } = sessionTable();
  const index = dayIndex(date);
  const position = count > 0 ? sessionsBefore[index + 1]! + count - 1 : sessionsBefore[index]! + count;
  const session = sessions[position];
  if (session !== undefined) return session;
  throw outOfRange(date, `no session ${Math.abs(count)} ${count > 0 ? 'after' : 'before'} it is known, `);
}

/**
 * National holidays by date key. The library's functions that take a `Date` are not used: they read it in the time
 * zone of the process. Equinox days after the current year are the astronomical forecast until the Cabinet Office
 * publishes them.
 */
const holidays: Readonly<Record<string, { readonly name: string; readonly name_en: string } | undefined>> =
  holidayCalendar.holidays;

/** Days of the imperial succession, made holidays by special laws: the library has them without a proper name. */
const succession: Readonly<Record<string, string | undefined>> = {
  '2019-04-30': 'Holiday (weekday between two holidays)',
  '2019-05-01': 'Holiday (accession of the Emperor)',
  '2019-05-02': 'Holiday (weekday between two holidays)',
  '2019-10-22': 'Holiday (enthronement ceremony)',
};

/** Days on which the exchange should have been open and was not. */
const halts: Readonly<Record<string, string | undefined>> = {
  '2020-10-01': 'System failure of the exchange, halted all day',
};

/** Why the exchange is closed on the day, in English, or undefined when it is a session. Knows no bounds of years. */
function reasonClosed(date: TradeDate): string | undefined {
  const day = weekday(date);
  if (day === 0) return 'Sunday';
  if (day === 6) return 'Saturday';
  return halts[date] ?? succession[date] ?? nationalHoliday(date) ?? newYearClosure(date);
}

function nationalHoliday(date: TradeDate): string | undefined {
  const holiday = holidays[date];
  if (holiday === undefined) return undefined;
  if (holiday.name === '休日') return 'Holiday (weekday between two holidays)';
  if (!holiday.name.endsWith('振替休日')) return holiday.name_en;
  // The first free day after a holiday that fell on a Sunday.
  const sunday = addDays(date, -weekday(date));
  return `Substitute holiday for ${holidays[sunday]?.name_en ?? 'a holiday on Sunday'}`;
}

function newYearClosure(date: TradeDate): string | undefined {
  const monthDay = date.slice(5);
  if (monthDay === '12-31') return 'Exchange holiday (year end)';
  if (monthDay === '01-02' || monthDay === '01-03') return 'Exchange holiday (New Year)';
  return undefined;
}
