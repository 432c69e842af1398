import { addDays, parseTradeDate, type TradeDate, weekday } from './trade-date.ts';

/** Days since 2000 on which the exchanges of New York were closed beside their holidays, and why. */
const closures: Readonly<Record<string, string | undefined>> = {
  '2001-09-11': 'Attacks of 11 September',
  '2001-09-12': 'Attacks of 11 September',
  '2001-09-13': 'Attacks of 11 September',
  '2001-09-14': 'Attacks of 11 September',
  '2004-06-11': 'Mourning for Ronald Reagan',
  '2007-01-02': 'Mourning for Gerald Ford',
  '2012-10-29': 'Hurricane Sandy',
  '2012-10-30': 'Hurricane Sandy',
  '2018-12-05': 'Mourning for George H. W. Bush',
  '2025-01-09': 'Mourning for Jimmy Carter',
};

const [monday, thursday] = [1, 4];

/**
 * Why the stock exchanges of New York are closed on a day there, in English; undefined when they trade. Holidays by
 * rule 7.2 of the New York Stock Exchange: one on a Sunday is kept on the Monday after it, one on a Saturday on the
 * Friday before it, New Year's Day on a Saturday not at all. Known for the days of the Tokyo calendar, from 2000 on.
 */
export function newYorkClosedReason(date: TradeDate): string | undefined {
  const day = weekday(date);
  if (day === 0) return 'Sunday';
  if (day === 6) return 'Saturday';
  return closures[date] ?? holidaysOf(Number(date.slice(0, 4))).get(date);
}

export function isNewYorkSession(date: TradeDate): boolean {
  return newYorkClosedReason(date) === undefined;
}

/**
 * The last day before `date` on which New York traded: what a session of Tokyo on `date` knows of it at its open, since
 * New York closes at 05:00 or 06:00 of the next day in Japan.
 */
export function lastNewYorkSession(date: TradeDate): TradeDate {
  let day = addDays(date, -1);
  while (!isNewYorkSession(day)) day = addDays(day, -1);
  return day;
}

const holidaysByYear = new Map<number, ReadonlyMap<TradeDate, string>>();

function holidaysOf(year: number): ReadonlyMap<TradeDate, string> {
  const known = holidaysByYear.get(year) ?? holidaysIn(year);
  holidaysByYear.set(year, known);
  return known;
}

function holidaysIn(year: number): ReadonlyMap<TradeDate, string> {
  const holidays: [TradeDate, string][] = [
    [nth(year, 1, monday, 3), 'Martin Luther King Day'],
    [nth(year, 2, monday, 3), "Washington's Birthday"],
    [addDays(easterSunday(year), -2), 'Good Friday'],
    [addDays(nth(year, 6, monday, 1), -7), 'Memorial Day'],
    [kept(dayOf(year, 7, 4)), 'Independence Day'],
    [nth(year, 9, monday, 1), 'Labor Day'],
    [nth(year, 11, thursday, 4), 'Thanksgiving Day'],
    [kept(dayOf(year, 12, 25)), 'Christmas Day'],
  ];
  const newYear = dayOf(year, 1, 1);
  if (weekday(newYear) !== 6) holidays.push([kept(newYear), "New Year's Day"]);
  if (year >= 2022) holidays.push([kept(dayOf(year, 6, 19)), 'Juneteenth']);
  return new Map(holidays);
}

/** The weekday on which a holiday is kept. */
function kept(date: TradeDate): TradeDate {
  const day = weekday(date);
  if (day === 0) return addDays(date, 1);
  return day === 6 ? addDays(date, -1) : date;
}

function nth(year: number, month: number, day: number, count: number): TradeDate {
  const first = dayOf(year, month, 1);
  return addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (count - 1));
}

/** Easter Sunday from 1900 to 2099, by the rule in leaflet 57 of the Royal Greenwich Observatory. */
function easterSunday(year: number): TradeDate {
  const moon = (225 - 11 * (year % 19)) % 30;
  const fullMoon = moon > 20 ? moon : moon + 30;
  const corrected = fullMoon > 48 ? fullMoon - 1 : fullMoon;
  const weekdayOfMoon = (year + Math.floor(year / 4) + corrected + 1) % 7;
  return addDays(dayOf(year, 3, 1), corrected + 6 - weekdayOfMoon);
}

function dayOf(year: number, month: number, day: number): TradeDate {
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return parseTradeDate(`${year}-${twoDigits(month)}-${twoDigits(day)}`);
}
