import {
  calendarEnd,
  calendarStart,
  dateOfDayNumber,
  dayNumber,
  minuteOf,
  sessionsBetween,
  sessionTimes,
} from '@daytrade/market';

let daysOfSessions: readonly number[] | undefined;
/** Positions by day from the first session on; -1 for a closed day. */
let indexByDay: Int32Array | undefined;

/** The position of a day (days since 1970) in the exchange's sessions since 2000; undefined on a closed day. */
export function sessionIndex(day: number): number | undefined {
  indexByDay ??= indicesOf(allDays());
  const index = indexByDay[day - daysOfSessions![0]!];
  return index === undefined || index < 0 ? undefined : index;
}

function indicesOf(days: readonly number[]): Int32Array {
  const indices = new Int32Array(days.at(-1)! - days[0]! + 1).fill(-1);
  for (const [index, day] of days.entries()) indices[day - days[0]!] = index;
  return indices;
}

/** The day of a session at a position that {@link sessionIndex} gives. */
export function dayOfSession(index: number): number {
  return allDays()[index]!;
}

function allDays(): readonly number[] {
  daysOfSessions ??= sessionsBetween(calendarStart, calendarEnd).map(dayNumber);
  return daysOfSessions;
}

/** When orders can meet in a session, minutes after midnight in Japan; an end is that of the auction that closes it. */
export interface TradingMinutes {
  readonly morningOpen: number;
  readonly morningClose: number;
  readonly afternoonOpen: number;
  readonly close: number;
}

const minutesByDay = new Map<number, TradingMinutes>();

/** The hours of the session on a day (days since 1970) that is one. */
export function minutesOfSession(day: number): TradingMinutes {
  let minutes = minutesByDay.get(day);
  if (minutes === undefined) {
    const times = sessionTimes(dateOfDayNumber(day));
    minutes = {
      morningOpen: minuteOf(times.morningOpen),
      morningClose: minuteOf(times.morningClose),
      afternoonOpen: minuteOf(times.afternoonOpen),
      close: minuteOf(times.close),
    };
    minutesByDay.set(day, minutes);
  }
  return minutes;
}

/** Positions of rows, oldest first; rows of one time as they stand. */
export function timeOrder(times: Float64Array): Uint32Array {
  const order = new Uint32Array(times.length);
  let rises = true;
  for (let row = 0; row < times.length; row += 1) {
    order[row] = row;
    rises &&= row === 0 || times[row]! >= times[row - 1]!;
  }
  return rises ? order : order.sort((a, b) => times[a]! - times[b]! || a - b);
}
