import type { Prediction } from '@daytrade/contracts';

/** The place of an announcement of results relative to the session of a forecast. */
export type ResultsPlace = 'afterClose' | 'today.afterClose' | 'onDay' | 'inSession';

/** Returns where the results beside a prediction come, or undefined where none are known. */
export function resultsPlace(
  { announcement, session }: Pick<Prediction, 'announcement' | 'session'>,
  today: string,
): ResultsPlace | undefined {
  if (!announcement) return undefined;
  if (announcement.date === session) return announcement.time === null ? 'onDay' : 'inSession';
  return announcement.date === today ? 'today.afterClose' : 'afterClose';
}

/** The day and, where it is known, the time of an announcement. */
export function whenOf({ date, time }: { readonly date: string; readonly time: string | null }): string {
  return time === null ? date : `${date} ${time}`;
}
