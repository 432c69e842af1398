import type { BarInterval, DateFormat } from '@daytrade/contracts';
import { isoDate, type Moment, readingsOf, readMoment, timeOfDay } from './moments.ts';
import { unreadable } from './read-file.ts';

/** As many days of a closed market, and a tenth of all, say that dates were not meant so. */
const fewClosedDays = 5;

/**
 * The one format in which every date of a file exists, where its dates need one: of several that one which puts them on
 * days of an open market. Undefined where the dates need none, and where more than one is left.
 *
 * @param isOpen whether there was a session on a day, as YYYY-MM-DD
 */
export function dateFormatOf(
  texts: Iterable<string>,
  isOpen: (date: string) => boolean = () => true,
): DateFormat | undefined {
  /** Days of a closed market by each format that fits all rows so far. */
  let closedDays: Map<DateFormat, number> | undefined;
  let rows = 0;
  for (const text of texts) {
    const found = readingsOf(text);
    // Nearly every file names the year first, which its first row shows.
    if (found.size === 0 && closedDays === undefined) return undefined;
    if (found.size === 0) continue;
    rows += 1;
    closedDays ??= new Map(Array.from(found.keys(), (format) => [format, 0]));
    for (const [format, closed] of closedDays) {
      const reading = found.get(format);
      if (reading === undefined) closedDays.delete(format);
      else if (!isOpen(isoDate(reading))) closedDays.set(format, closed + 1);
    }
  }
  const formats = [...(closedDays ?? [])];
  const plausible = formats.filter(([, closed]) => closed < fewClosedDays || closed < rows / 10);
  const [only] = formats.length === 1 ? formats : plausible.length === 1 ? plausible : [];
  return only?.[0];
}

/** Times that are looked at, from the first row on. */
const timesLookedAt = 400;
const midnight = '00:00:00';
/** A file with as many times within its days shows how far apart they are. */
const enoughTimes = 30;

/**
 * Determines the bar length of a file from its first times. Times without hours, or at the same hour on several days,
 * are of daily bars: vendors stamp them with midnight, 09:00 or the close. Others are of 5-minute bars.
 *
 * @param column name of the column, as `date` or `timestamp`
 * @param format of dates that need one
 * @throws DayTradeError `data.file-unreadable` where bars are of another length
 */
export function intervalOf(
  times: Iterable<string>,
  column: string,
  file: string,
  format: DateFormat | undefined,
): BarInterval {
  const moments: Moment[] = [];
  const clocks = new Set<string>();
  for (const text of times) {
    const moment = readMoment(text, column, format);
    if (!('form' in moment)) continue;
    const clock = timeOfDay(moment);
    if (clock === undefined) return '1d';
    clocks.add(clock);
    if (moments.push(moment) >= timesLookedAt) break;
  }
  if (moments.length === 0) return column === 'date' ? '1d' : '5m';
  if (clocks.size === 1 && clocks.has(midnight)) return '1d';
  const days = new Set(moments.map(({ day }) => day));
  if (clocks.size === 1 && (days.size > 1 || column === 'date')) return '1d';
  assertFiveMinutes(
    moments.map(({ instant }) => instant).filter((instant) => instant !== undefined),
    file,
  );
  return '5m';
}

/** @throws DayTradeError `data.file-unreadable` when the bars are shorter or longer */
function assertFiveMinutes(instants: readonly number[], file: string): void {
  const rising = instants.toSorted((a, b) => a - b);
  const steps = rising
    .slice(1)
    .map((instant, index) => (instant - rising[index]!) / 60_000)
    .filter((step) => step > 0);
  const shortest = Math.min(...steps);
  if (steps.length < enoughTimes || shortest === 5) return;
  throw unreadable(file, `its bars are ${shortest} minutes apart; expected daily bars or bars of 5 minutes`);
}
