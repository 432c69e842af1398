import { calendarEnd, calendarStart, dayNumber, isTradeDate } from '@daytrade/market';
import type { MalformedRow } from '../provider.ts';

/** A time that was read, or why it could not be. */
export type ParsedTime = number | Pick<MalformedRow, 'reason' | 'message'>;

/** Days since 1970 of the texts seen, since the files of a folder repeat the same days. */
const daysSeen = new Map<string, number>();

/** Days since 1970 of a text YYYY-MM-DD. */
export function parseDay(text: string): ParsedTime {
  const seen = daysSeen.get(text);
  if (seen !== undefined) return seen;
  if (!isTradeDate(text)) {
    const expected = 'expected a date that exists, as YYYY-MM-DD';
    return { reason: 'date-invalid', message: `date: ${expected}, got ${JSON.stringify(text)}` };
  }
  if (text < calendarStart || text > calendarEnd) {
    const message = `date: expected a day from ${calendarStart} to ${calendarEnd}, got ${text}`;
    return { reason: 'date-out-of-range', message };
  }
  const day = dayNumber(text);
  daysSeen.set(text, day);
  return day;
}

const timestampPattern = /^(\d{4}-\d{2}-\d{2})[ T]((?:[01]\d|2[0-3]):[0-5]\d)(?::00(?:\.0+)?)?(Z|[+-]\d{2}:\d{2})$/;
const fiveMinutes = 300_000;

/**
 * The instant, in milliseconds since 1970 UTC, at which a 5-minute bar begins, from a text as 2025-01-22
 * 09:05:00+09:00.
 */
export function parseTimestamp(text: string): ParsedTime {
  const match = timestampPattern.exec(text);
  const day = match === null ? undefined : parseDay(match[1]!);
  if (typeof day === 'object') return { ...day, message: day.message.replace('date:', 'timestamp:') };
  const instant = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:00${match[3]}`);
  if (instant % fiveMinutes === 0) return instant;
  const expected = 'expected the beginning of a 5-minute bar with its offset to UTC, as 2025-01-22 09:05:00+09:00';
  return { reason: 'date-invalid', message: `timestamp: ${expected}, got ${JSON.stringify(text)}` };
}
