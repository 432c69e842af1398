import type { BarInterval, DateFormat } from '@daytrade/contracts';
import { type Moment, readMoment } from './bar-moment.ts';
import { timeOfDay } from './bar-time.ts';
import { unreadable } from './file-error.ts';

/** Times that are looked at, from the first row on. */
const timesLookedAt = 400;
const midnight = '00:00:00';
/** A file with as many times within its days shows how far apart they are. */
const enoughTimes = 30;

/**
 * What the rows of a file are, from their first times. Times without hours, or at one and the same hour on several
 * days, are of daily bars: vendors stamp them with midnight, with 09:00 or with the close. Others are of 5-minute bars.
 *
 * @param column name of the column, as `date` or `timestamp`
 * @param format of dates that need one
 * @throws DayTradeError `data.file-unreadable` where one row may be either, and where bars are of another length
 */
export function intervalOf(
  times: Iterable<string>,
  column: string,
  file: string,
  format: DateFormat | undefined,
): BarInterval {
  const moments: Moment[] = [];
  const clocks = new Set<string>();
  let first = '';
  for (const text of times) {
    const moment = readMoment(text, column, format);
    if (!('form' in moment)) continue;
    const clock = timeOfDay(moment);
    if (clock === undefined) return '1d';
    if (moments.length === 0) first = text;
    clocks.add(clock);
    if (moments.push(moment) >= timesLookedAt) break;
  }
  if (moments.length === 0) return column === 'date' ? '1d' : '5m';
  if (clocks.size === 1 && clocks.has(midnight)) return '1d';
  const days = new Set(moments.map(({ day }) => day));
  if (clocks.size === 1 && (days.size > 1 || column === 'date')) return '1d';
  if (clocks.size === 1 && days.size === 1 && clocks.has('09:00:00') && moments.length === 1) {
    throw unreadable(
      file,
      `its one row, ${JSON.stringify(first)}, can be read as the bar of a day or as that of the five ` +
        'minutes from 09:00; name the column date for daily bars, or give more rows',
    );
  }
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
