import type { Announcement } from '../provider.ts';
import type { JQuantsRow } from './pages.ts';
import { isDay } from './wire-values.ts';

/** Reports of results, of a year or a part of it; the others revise forecasts of earnings or dividends. */
const ofResults = /FinancialStatements/;
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d/;

/** The announcements of results that reports (`/fins/summary`) are, one a day. */
export function announcementsMade(reports: readonly JQuantsRow[]): readonly Announcement[] {
  const found = reports.flatMap(({ DiscDate: date, DiscTime: time, DocType: type }) =>
    isDay(date) && ofResults.test(String(type)) ? [{ ...of(date, 'made'), time: timeOf(time) }] : [],
  );
  // The first of a day moves the price; a correction of it comes later.
  const sorted = found.toSorted((one, other) => ((one.time ?? '24:00') < (other.time ?? '24:00') ? -1 : 1));
  return firstOfEachDay(sorted);
}

/**
 * The announcements that rows of the calendar of announcements plan. A company that has not said its day has a row
 * without one.
 */
export function announcementsPlanned(rows: readonly JQuantsRow[]): readonly Announcement[] {
  return firstOfEachDay(rows.flatMap(({ Date: date }) => (isDay(date) ? [of(date, 'planned')] : [])));
}

function of(date: Announcement['date'], kind: Announcement['kind']): Announcement {
  return { date, kind, time: null, source: 'jquants' };
}

function timeOf(value: unknown): string | null {
  return typeof value === 'string' && timeOfDay.test(value) ? value.slice(0, 5) : null;
}

function firstOfEachDay(announcements: readonly Announcement[]): readonly Announcement[] {
  const days = new Map<string, Announcement>();
  for (const announcement of announcements) {
    if (!days.has(announcement.date)) days.set(announcement.date, announcement);
  }
  return [...days.values()].toSorted((one, other) => (one.date < other.date ? -1 : 1));
}
