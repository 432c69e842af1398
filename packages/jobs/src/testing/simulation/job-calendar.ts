import type { TradeDate } from '@daytrade/market';
import { instantOf } from '@daytrade/market';
import { dueTimes } from '../../schedule/due-times.ts';
import type { Schedule } from '../../schedule/schedule.ts';

/** Every due time of a schedule over some years, computed at once, to hold those of the schedulers against. */
export interface JobCalendar {
  /** Oldest first. */
  readonly due: readonly number[];
  /** How many of them are not after an instant. */
  readonly countUntil: (instant: number) => number;
}

/** The seeds of a simulation share years and jobs. */
const known = new Map<string, JobCalendar>();

/** The due times from the first day to the last one. */
export function jobCalendar(schedule: Schedule, from: TradeDate, to: TradeDate): JobCalendar {
  const name = JSON.stringify([schedule, from, to]);
  const calendar = known.get(name) ?? calendarOf(dueTimes(schedule, instantOf(from, '00:00'), instantOf(to, '23:59')));
  known.set(name, calendar);
  return calendar;
}

function calendarOf(due: readonly number[]): JobCalendar {
  const countUntil = (instant: number): number => {
    let [low, high] = [0, due.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (due[middle]! <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { due, countUntil };
}
