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

/** Announcements by symbol of a panel, rising by day; undefined for a symbol without a source. */
export type ResultsCalendar = readonly (readonly ResultsAnnouncement[] | undefined)[];

/**
 * The place of a forecast relative to the results of a company: they came after the last close, or are expected within
 * the predicted session, or neither.
 */
export type ResultsClass = 'in-session' | 'after-last' | 'none';

/** The moment of a forecast, for which announcements are looked up. */
export interface ForecastMoment {
  readonly predicted: DayNumber;
  /** Day of the last finished session. */
  readonly last: DayNumber;
  /** Instant of the forecast, ms UTC. */
  readonly instant: number;
}

/**
 * Returns the class of a forecast by what was known at its instant; undefined for a symbol without a source, and before
 * the source named a first day. Without a time of day, an announcement on the day of the last session counts as one
 * after its close, and one on the day of the predicted session stays expected until the close.
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
  const isOut = (one: ResultsAnnouncement) =>
    one.day === predicted ? instantIn(one) <= instant : one.day > last || isAfterClose(one);
  if (near.some(isOut)) return 'after-last';
  const inSession = near.some((one) => one.day === predicted && (one.minute === undefined || !isAfterClose(one)));
  return inSession ? 'in-session' : 'none';
}

/** Returns the instant of an announcement, ms UTC; Infinity without a time of day. */
function instantIn({ day, minute = Infinity }: ResultsAnnouncement): number {
  return instantOf(dateOfDayNumber(day), '00:00') + minute * 60_000;
}

/** Returns the instant at which evening forecasts count as made: the end of the last session's day in Japan. */
export function eveningInstant(last: DayNumber): number {
  return instantOf(dateOfDayNumber((last + 1) as DayNumber), '00:00');
}
