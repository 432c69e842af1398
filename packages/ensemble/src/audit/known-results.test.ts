import { dateOfDayNumber, dayNumber, instantOf, nextSession, parseTradeDate } from '@daytrade/market';
import { eveningInstant, type ResultsAnnouncement, type ResultsClass, resultsClass } from '@daytrade/series';
import { describe, expect, it } from 'vitest';

type ClassOf = typeof resultsClass;

const at = (date: string, time = '00:00') => instantOf(parseTradeDate(date), time);
const day = (date: string) => dayNumber(parseTradeDate(date));

/** Days that were moved in time and too late, one out of the blue, and one that the source learned late. */
const announcements: readonly ResultsAnnouncement[] = [
  { day: day('2025-11-06'), minute: undefined, knownSince: at('2025-10-06'), knownUntil: at('2025-11-04', '10:00') },
  { day: day('2025-11-07'), minute: undefined, knownSince: at('2025-11-04', '10:00') },
  { day: day('2025-11-12'), minute: 13 * 60, knownSince: at('2025-11-12', '13:00') },
  { day: day('2025-11-19'), minute: undefined, knownSince: at('2025-11-21', '01:46') },
  { day: day('2025-11-26'), minute: undefined, knownSince: at('2025-10-06'), knownUntil: at('2025-11-26', '10:00') },
];

/** Sessions whose class is another one once what was not known at the forecast's instant is taken away. */
function leaks(classOf: ClassOf): readonly string[] {
  const days = ['04', '05', '06', '07', '11', '12', '18', '25', '26'];
  const sessions = days.map((each) => `2025-11-${each}`);
  return sessions.filter((date) => {
    const last = day(date);
    const moment = { last, predicted: dayNumber(nextSession(dateOfDayNumber(last))), instant: eveningInstant(last) };
    const known = announcements
      .filter(({ knownSince }) => knownSince <= moment.instant)
      .map(({ knownUntil, ...one }) =>
        knownUntil !== undefined && knownUntil <= moment.instant ? { ...one, knownUntil } : one,
      );
    return classOf(announcements, moment) !== classOf(known, moment);
  });
}

const planted = (change: (one: ResultsAnnouncement) => ResultsAnnouncement): ClassOf => {
  return (some, moment): ResultsClass | undefined => resultsClass(some?.map(change), moment);
};

describe('the class of a forecast', () => {
  it('knows no announcement before it was public', () => {
    expect(leaks(resultsClass)).toEqual([]);
  });

  it('is caught where it knows an announcement too early', () => {
    const early = planted((one) => ({ ...one, knownSince: -Infinity }));
    expect(leaks(early)).toEqual(['2025-11-11', '2025-11-18']);
  });

  it('is caught where it knows too early that a plan was moved', () => {
    const hindsight: ClassOf = (some, moment) =>
      resultsClass(
        some?.filter((one) => one.knownUntil === undefined),
        moment,
      );
    expect(leaks(hindsight)).toEqual(['2025-11-25']);
  });
});
