import type { DateFormat } from '@daytrade/contracts';
import { dateOfDayNumber, japanTime } from '@daytrade/market';
import { type Moment, readMoment, type TimeFault } from './bar-moment.ts';

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
