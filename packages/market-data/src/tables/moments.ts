import type { DateFormat } from '@daytrade/contracts';
import {
  calendarEnd,
  calendarStart,
  dateOfDayNumber,
  dayNumber,
  isTradeDate,
  japanDate,
  japanTime,
} from '@daytrade/market';
import type { MalformedRow } from '../provider.ts';

/** Why a text is not the time of a bar. */
type TimeFault = Pick<MalformedRow, 'message'> & { readonly reason: 'date-invalid' | 'date-out-of-range' };

/** A time as it was written. */
export interface Moment {
  /** Days since 1970 in Japan; of a time without offset, as if it were Japan's. */
  readonly day: number;
  /** Milliseconds since 1970 UTC; undefined where the text has no time of the day, or no offset to UTC. */
  readonly instant: number | undefined;
  /** Minutes of a time of the day without offset; undefined without a time. */
  readonly localMinutes: number | undefined;
  /** Form of the text, as an example. */
  readonly form: string;
}

const epoch = /^(?:\d{9,10}|\d{12,13})$/;
const firstYearOfReiwa = 2019;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(.+))?$/;
const shortYear = /^(\d{2})[-/.](\d{2})[-/.](\d{2})(?:[ T]+(.+))?$/;
const clock = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s*(Z|UTC|JST|[+-]\d{2}:?\d{2})?$/;

type Written = Readonly<Record<string, string | undefined>>;

/** Dates that can be read in one way alone, each with its form as an example. */
const clearDates: readonly (readonly [RegExp, (written: Written) => string])[] = [
  [
    /^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})(?:\s*[(（][月火水木金土日][)）])?(?:[ T]+(?<time>.+))?$/,
    // The example has as many digits as the date.
    ({ sign, month, day }) => `2025${sign}${month?.length === 1 || day?.length === 1 ? `1${sign}6` : `01${sign}06`}`,
  ],
  [/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/, () => '20250106'],
  [
    /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日(?:\s*[(（][月火水木金土日][)）])?(?:\s+(?<time>.+))?$/,
    () => '2025年1月6日',
  ],
  [/^(?:R|令和)(?<reiwa>\d{1,2}|元)[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?$/, () => '令和7年1月6日'],
];

/**
 * Reads a day or a moment of the calendar in any of the forms that name a year of four digits first, or as seconds or
 * milliseconds since 1970. Any other form needs the format, and is refused without it, with its readings.
 *
 * @param column name of the column, for the message
 */
export function readMoment(text: string, column: string, format?: DateFormat): Moment | TimeFault {
  if (epoch.test(text)) {
    const isSeconds = text.length <= 10;
    const form = `${isSeconds ? 'seconds' : 'milliseconds'} since 1970`;
    return ofInstant(Number(text) * (isSeconds ? 1_000 : 1), form, column);
  }
  for (const [pattern, formOf] of clearDates) {
    const written: Written | undefined = pattern.exec(text)?.groups;
    if (written === undefined) continue;
    const { year = String(firstYearOfReiwa - 1 + (Number(written.reiwa) || 1)), month, day, time } = written;
    return ofDay({ year, month: month!, day: day!, time, form: formOf(written), text, column });
  }
  const found = readingsOf(text);
  const reading = format === undefined ? undefined : found.get(format);
  if (format !== undefined && reading !== undefined) return ofDay({ ...reading, form: format, text, column });
  return { reason: 'date-invalid', message: ambiguous(text, column, found) ?? notADate(text, column) };
}

type Reading = Pick<WrittenDay, 'year' | 'month' | 'day' | 'time'>;

/** The days of the calendar that a text may name in the formats that do not begin with a year of four digits. */
export function readingsOf(text: string): ReadonlyMap<DateFormat, Reading> {
  const last = yearLast.exec(text);
  const [, first, second, third, time] = last ?? shortYear.exec(text) ?? [];
  if (first === undefined || second === undefined || third === undefined) return new Map();
  const year = last === null ? `20${third}` : third;
  const readings: readonly (readonly [DateFormat, Reading])[] = [
    ['YY/MM/DD', { year: `20${first}`, month: second, day: third, time }],
    ['DD/MM/YYYY', { year, month: second, day: first, time }],
    ['MM/DD/YYYY', { year, month: first, day: second, time }],
  ];
  return new Map(readings.slice(last === null ? 0 : 1).filter(([, reading]) => isOfCalendar(isoDate(reading))));
}

function isOfCalendar(date: string): boolean {
  return isTradeDate(date) && date <= calendarEnd;
}

export function isoDate({ year, month, day }: Reading): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

interface WrittenDay {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time: string | undefined;
  readonly form: string;
  readonly text: string;
  readonly column: string;
}

function ofDay({ year, month, day, time, form, text, column }: WrittenDay): Moment | TimeFault {
  const date = isoDate({ year, month, day, time });
  if (!isTradeDate(date)) return { reason: 'date-invalid', message: notADate(text, column) };
  if (time === undefined)
    return within({ day: dayNumber(date), instant: undefined, localMinutes: undefined, form }, date, column);
  const match = clock.exec(time.trim());
  if (match === null || Number(match[1]) > 23) return { reason: 'date-invalid', message: notADate(text, column) };
  const [, hours, minutes, seconds = '00', offset] = match;
  const hour = hours!.padStart(2, '0');
  if (offset !== undefined) {
    return ofInstant(
      Date.parse(`${date}T${hour}:${minutes}:${seconds}${isoOffset(offset)}`),
      `${form} with a time and its offset`,
      column,
    );
  }
  const localMinutes = Number(hour) * 60 + Number(minutes);
  const moment = { day: dayNumber(date), instant: undefined, localMinutes, form: `${form} with a time` };
  return within(moment, date, column);
}

function ofInstant(instant: number, form: string, column: string): Moment | TimeFault {
  if (!(Math.abs(instant) < 8.64e15)) return { reason: 'date-invalid', message: notADate(String(instant), column) };
  const date = japanDate(instant);
  return within({ day: dayNumber(date), instant, localMinutes: undefined, form }, date, column);
}

function within(moment: Moment, date: string, column: string): Moment | TimeFault {
  if (date >= calendarStart && date <= calendarEnd) return moment;
  const message = `${column}: expected a day from ${calendarStart} to ${calendarEnd}, got ${date}`;
  return { reason: 'date-out-of-range', message };
}

function isoOffset(written: string): string {
  if (written === 'Z' || written === 'UTC') return 'Z';
  if (written === 'JST') return '+09:00';
  return written.includes(':') ? written : `${written.slice(0, 3)}:${written.slice(3)}`;
}

const wordsOfFormats = {
  'YY/MM/DD': 'year first',
  'DD/MM/YYYY': 'day first',
  'MM/DD/YYYY': 'month first',
} as const satisfies Readonly<Record<DateFormat, string>>;

/** All readings of a text whose form does not say which one is meant; undefined for any other. */
function ambiguous(text: string, column: string, found: ReadonlyMap<DateFormat, Reading>): string | undefined {
  if (found.size === 0) return undefined;
  const readings = Array.from(found, ([format, reading]) => `${isoDate(reading)} (${wordsOfFormats[format]})`);
  return (
    `${column}: ${JSON.stringify(text.slice(0, 40))} can be read as ${readings.join(' or ')}; say which by ` +
    `--date-format, as ${[...found.keys()].join(' or ')}, or write it as YYYY-MM-DD`
  );
}

function notADate(text: string, column: string): string {
  return `${column}: expected a date that exists, as YYYY-MM-DD, got ${JSON.stringify(text.slice(0, 40))}`;
}

/** A time that was read, or why it could not be. */
export type ParsedTime = { readonly value: number; readonly form: string } | TimeFault;

/** Days of the texts seen, since the files of a folder repeat the same days. */
const daysSeen = new Map<string, ParsedTime>();
const mostDaysSeen = 20_000;
const fiveMinutes = 300_000;
const minutesBeforeTomorrow = 15 * 60;

/** Days since 1970 of the day in Japan that a text names, in the forms of `readMoment`. */
export function parseDay(text: string, column: string, format?: DateFormat): ParsedTime {
  const key = format === undefined ? text : `${format} ${text}`;
  const seen = daysSeen.get(key);
  if (seen !== undefined) return seen;
  const moment = readMoment(text, column, format);
  if (!('form' in moment)) return moment;
  const fault = otherDay(moment, text, column);
  if (fault !== undefined) return fault;
  const parsed = { value: moment.day, form: moment.form };
  if (daysSeen.size >= mostDaysSeen) daysSeen.clear();
  daysSeen.set(key, parsed);
  return parsed;
}

/** A time without offset from 15:00 on is of that day in Japan, and of the next one if it is meant in UTC. */
function otherDay({ day, localMinutes }: Moment, text: string, column: string): TimeFault | undefined {
  if (localMinutes === undefined || localMinutes < minutesBeforeTomorrow) return undefined;
  const readings = `${dateOfDayNumber(day)} (time of Japan) or ${dateOfDayNumber(day + 1)} (UTC)`;
  return {
    reason: 'date-invalid',
    message:
      `${column}: ${JSON.stringify(text.slice(0, 40))} can be read as ${readings}; expected a date as ` +
      'YYYY-MM-DD, or a time with its offset to UTC',
  };
}

/** The usual form of a 5-minute stamp, which is read without looking for any other. */
const usualStamp = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):([0-5]\d):00(?:\.0+)?([+-])(\d{2}):(\d{2})$/;
const usualForm = '2025-01-06 with a time and its offset';

/** The instant, in milliseconds since 1970 UTC, at which a 5-minute bar begins. */
export function parseInstant(text: string, column: string, format?: DateFormat): ParsedTime {
  const usual = usualStamp.exec(text);
  if (usual !== null && usual[2]! < '24') {
    const [, date, hour, minute, sign, offsetHours, offsetMinutes] = usual;
    const day = parseDay(date!, column);
    const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
    const minutes = Number(hour) * 60 + Number(minute) - offset;
    if ('value' in day && minutes % 5 === 0)
      return { value: day.value * 86_400_000 + minutes * 60_000, form: usualForm };
  }
  const moment = readMoment(text, column, format);
  if (!('form' in moment)) return moment;
  const { instant, form } = moment;
  if (instant !== undefined && instant % fiveMinutes === 0) return { value: instant, form };
  const expected = 'expected the beginning of a 5-minute bar with its offset to UTC, as 2025-01-22 09:05:00+09:00';
  return { reason: 'date-invalid', message: `${column}: ${expected}, got ${JSON.stringify(text.slice(0, 40))}` };
}

/** Time of the day in Japan, HH:MM:SS; undefined where the text names only a day. */
export function timeOfDay({ instant, localMinutes }: Moment): string | undefined {
  if (instant !== undefined) return japanTime(instant);
  if (localMinutes === undefined) return undefined;
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(localMinutes / 60))}:${twoDigits(localMinutes % 60)}:00`;
}
