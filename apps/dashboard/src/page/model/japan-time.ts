import { missing } from './format.ts';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Date and time on a clock in Tokyo. */
export interface JapanTime {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** HH:MM:SS. */
  readonly time: string;
}

export function japanTime(instant: number | string): JapanTime {
  const fields = Object.fromEntries(
    parts
      .formatToParts(typeof instant === 'number' ? instant : Date.parse(instant))
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${fields.year}-${fields.month}-${fields.day}`,
    time: `${fields.hour}:${fields.minute}:${fields.second}`,
  };
}

/** Returns `2026-11-24 15:31 JST`, or the hour alone for an instant of `today`. */
export function japanInstant(instant: string | null, today?: string): string {
  if (instant === null) return missing;
  const { date, time } = japanTime(instant);
  const minutes = time.slice(0, 5);
  return date === today ? `${minutes} JST` : `${date} ${minutes} JST`;
}

/** Returns an instant for a column whose header says JST, without the year if it is this one. */
export function shortJapanInstant(instant: string, today: string): string {
  const { date, time } = japanTime(instant);
  return `${date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date} ${time.slice(0, 5)}`;
}

/** Returns the date `days` calendar days after `date`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
