import { type DayNumber, dateOfDayNumber, instantOf, minuteOf, sessionTimes } from '@daytrade/market';

/** One day on which a company announces its results, as a schedule or the announcement itself named it. */
export interface ResultsAnnouncement {
  readonly day: DayNumber;
  /** Minutes after midnight in Japan; undefined where no time of day is known. */
  readonly minute: number | undefined;
  /** Instant from which it was known, ms UTC. */
  readonly knownSince: number;
  /** Instant from which the schedule named another day; undefined where it never did. */
  readonly knownUntil?: number | undefined;
}

/** Announcements by symbol of a panel, rising by day; undefined for a symbol without a source of them. */
export type ResultsCalendar = readonly (readonly ResultsAnnouncement[] | undefined)[];

/**
 * The place of a predicted session relative to the results of a company: they come on its day and not after its close;
 * they came after the last close; neither.
 */
export type ResultsClass = 'in-session' | 'after-last' | 'none';

/** A forecast, as the announcements are looked up for it. */
export interface ForecastMoment {
  /** Day of the predicted session. */
  readonly predicted: DayNumber;
  /** Day of the last finished session. */
  readonly last: DayNumber;
  /** Instant of the forecast, ms UTC. */
  readonly instant: number;
}

/**
 * The class of a forecast by what was known at its instant; undefined for a symbol without a source, and before the
 * source named a first day. An announcement on the day of the last session without a time of day counts as one after
 * its close, as most are.
 */
export function resultsClass(
  announcements: readonly ResultsAnnouncement[] | undefined,
  { predicted, last, instant }: ForecastMoment,
): ResultsClass | undefined {
  if (!announcements?.some(({ knownSince }) => knownSince <= instant)) return undefined;
  const near = announcements.filter(
    ({ day, knownSince, knownUntil = Infinity }) =>
      day >= last && day <= predicted && knownSince <= instant && instant < knownUntil,
  );
  const isAfterClose = ({ day, minute = Infinity }: ResultsAnnouncement) =>
    minute >= minuteOf(sessionTimes(dateOfDayNumber(day)).close);
  if (near.some((one) => one.day < predicted && (one.day > last || isAfterClose(one)))) return 'after-last';
  const inSession = near.some((one) => one.day === predicted && (one.minute === undefined || !isAfterClose(one)));
  return inSession ? 'in-session' : 'none';
}

/** The instant at which the forecasts of an evening count as made: the end of the day of the last session in Japan. */
export function eveningInstant(last: DayNumber): number {
  return instantOf(dateOfDayNumber((last + 1) as DayNumber), '00:00');
}
