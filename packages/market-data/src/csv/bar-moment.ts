import { calendarEnd, calendarStart, dayNumber, isTradeDate, japanDate } from '@daytrade/market';
import type { MalformedRow } from '../provider.ts';

/** Why a text is not the time of a bar. */
export type TimeFault = Pick<MalformedRow, 'message'> & { readonly reason: 'date-invalid' | 'date-out-of-range' };

/** A time as it was written. */
export interface Moment {
  /** Days since 1970 in Japan; of a time without offset, as if it were Japan's. */
  readonly day: number;
  /** Milliseconds since 1970 UTC; undefined where the text has no time of the day, or no offset to UTC. */
  readonly instant: number | undefined;
  /** Minutes of a time of the day without offset; undefined where there is none. */
  readonly localMinutes: number | undefined;
  /** How it was written, as an example. */
  readonly form: string;
}

const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:\s*[(（][月火水木金土日][)）])?(?:[ T]+(.+))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const japanese = /^(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*[(（][月火水木金土日][)）])?(?:\s+(.+))?$/;
const epoch = /^(?:\d{9,10}|\d{12,13})$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b/;
const shortYear = /^(\d{2})[-/.](\d{2})[-/.](\d{2})$/;
const clock = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s*(Z|UTC|JST|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads a day or a moment of the calendar in any of the forms that name the year first, or as seconds or milliseconds
 * since 1970. A form that can be read in two ways is refused with both readings.
 *
 * @param column name of the column, for the message
 */
export function readMoment(text: string, column: string): Moment | TimeFault {
  if (epoch.test(text))
    return ofInstant(
      Number(text) * (text.length <= 10 ? 1_000 : 1),
      text.length <= 10 ? 'seconds since 1970' : 'milliseconds since 1970',
      column,
    );
  const dashed = yearFirst.exec(text);
  if (dashed !== null) {
    const [, year, sign, month, day, time] = dashed;
    return ofDay({
      year: year!,
      month: month!,
      day: day!,
      time,
      form: `2025${sign!}${padding(month!, day!, sign!)}`,
      text,
      column,
    });
  }
  const [, year, month, day] = compact.exec(text) ?? [];
  if (year !== undefined)
    return ofDay({ year, month: month!, day: day!, time: undefined, form: '20250106', text, column });
  const kanji = japanese.exec(text);
  if (kanji !== null) {
    const [, year, month, day, time] = kanji;
    return ofDay({ year: year!, month: month!, day: day!, time, form: '2025年1月6日', text, column });
  }
  return { reason: 'date-invalid', message: ambiguous(text, column) ?? notADate(text, column) };
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
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
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

/** The months and days of the example have as many digits as those that were read. */
function padding(month: string, day: string, sign: string): string {
  return month.length === 1 || day.length === 1 ? `1${sign}6` : `01${sign}06`;
}

/** Both readings of a text that has two; undefined for any other. */
function ambiguous(text: string, column: string): string | undefined {
  const last = yearLast.exec(text);
  const short = shortYear.exec(text);
  const readings =
    last !== null
      ? [reading(last[3]!, last[2]!, last[1]!, 'day first'), reading(last[3]!, last[1]!, last[2]!, 'month first')]
      : short !== null
        ? [
            reading(`20${short[1]!}`, short[2]!, short[3]!, 'year first'),
            reading(`20${short[3]!}`, short[2]!, short[1]!, 'day first'),
          ]
        : [];
  const possible = readings.filter((each) => each !== undefined);
  if (possible.length === 0) return undefined;
  return (
    `${column}: ${JSON.stringify(text.slice(0, 40))} can be read as ${possible.join(' or ')}; expected ` +
    'the year first with four digits, as YYYY-MM-DD'
  );
}

function reading(year: string, month: string, day: string, how: string): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isTradeDate(date) ? `${date} (${how})` : undefined;
}

function notADate(text: string, column: string): string {
  return `${column}: expected a date that exists, as YYYY-MM-DD, got ${JSON.stringify(text.slice(0, 40))}`;
}
