import { type DayNumber, dayNumber, instantOf, parseTradeDate } from '@daytrade/market';
import { check, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { eveningInstant, type ResultsAnnouncement, resultsClass } from './results-calendar.ts';

const day = (date: string): DayNumber => dayNumber(parseTradeDate(date));
const friday = day('2025-05-09');
const monday = day('2025-05-12');
const evening = { predicted: monday, last: friday, instant: eveningInstant(friday) };

function announced(on: DayNumber, time?: string, knownSince = 0): ResultsAnnouncement {
  const minute = time === undefined ? undefined : Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { day: on, minute, knownSince };
}

it('distinguishes results in the predicted session from those after the last close', () => {
  const classOf = (...announcements: ResultsAnnouncement[]) => resultsClass(announcements, evening);
  expect(classOf(announced(monday))).toBe('in-session');
  expect(classOf(announced(monday, '13:00'))).toBe('in-session');
  expect(classOf(announced(monday, '15:30'))).toBe('none');
  expect(classOf(announced(friday))).toBe('after-last');
  expect(classOf(announced(friday, '15:30'))).toBe('after-last');
  expect(classOf(announced(friday, '13:00'))).toBe('none');
  expect(classOf(announced(day('2025-05-10')))).toBe('after-last');
  expect(classOf(announced(friday), announced(monday))).toBe('after-last');
  expect(classOf(announced(day('2025-05-08')), announced(day('2025-05-13')))).toBe('none');
  expect(resultsClass(undefined, evening)).toBeUndefined();
});

it('knows within the session which results are out', () => {
  const within = { ...evening, instant: instantOf(parseTradeDate('2025-05-12'), '13:15') };
  expect(resultsClass([announced(monday, '13:00')], within)).toBe('after-last');
  expect(resultsClass([announced(monday, '14:00')], within)).toBe('in-session');
  expect(resultsClass([announced(monday)], within)).toBe('in-session');
});

it('takes a schedule from the instant at which it was known until the one at which it was moved', () => {
  const { instant } = evening;
  const classOf = (knownSince: number, knownUntil?: number) =>
    resultsClass([announced(day('2025-02-07')), { ...announced(monday, undefined, knownSince), knownUntil }], evening);
  expect([classOf(instant), classOf(instant + 1)]).toEqual(['in-session', 'none']);
  expect([classOf(0, instant), classOf(0, instant + 1)]).toEqual(['none', 'in-session']);
  expect([resultsClass([], evening), resultsClass([announced(monday, undefined, instant)], evening)]).toEqual([
    undefined,
    'in-session',
  ]);
});

it('has results out at their minute, and counts those at the close of a session for the next one', () => {
  const at = (time: string) => ({ ...evening, instant: instantOf(parseTradeDate('2025-05-12'), time) });
  expect(resultsClass([announced(monday, '13:00')], at('13:00'))).toBe('after-last');
  expect(resultsClass([announced(monday, '13:00')], at('12:59'))).toBe('in-session');
  expect(resultsClass([announced(monday, '15:29')], at('09:00'))).toBe('in-session');
  expect(resultsClass([announced(friday, '15:29')], at('09:00'))).toBe('none');
  // On a day on which the exchange closed at 15:00.
  const earlier = { predicted: day('2024-11-05'), last: day('2024-11-01'), instant: eveningInstant(day('2024-11-01')) };
  expect(resultsClass([announced(day('2024-11-01'), '15:00')], earlier)).toBe('after-last');
  expect(resultsClass([announced(day('2024-11-01'), '14:59')], earlier)).toBe('none');
  expect(new Date(eveningInstant(friday)).toISOString()).toBe('2025-05-09T15:00:00.000Z');
});

it('knows nothing before it was known', () => {
  const late = announced(monday, undefined, evening.instant + 1);
  const earlier = announced(day('2025-02-07'));
  expect(resultsClass([earlier, late], evening)).toBe('none');
  expect(resultsClass([late], evening)).toBeUndefined();
  expect(resultsClass([late], { ...evening, instant: evening.instant + 1 })).toBe('in-session');
});

it('changes only the forecasts that are made after a schedule moved a day', () => {
  const moments = record({
    moved: integer({ min: 0, max: 72 }),
    made: integer({ min: 0, max: 72 }),
  });
  check(
    property(moments, ({ moved, made }) => {
      const start = instantOf(parseTradeDate('2025-05-09'), '00:00');
      const at = start + moved * 3_600_000;
      const instant = start + made * 3_600_000;
      const before = [announced(monday)];
      const after = [{ ...announced(monday), knownUntil: at }, announced(day('2025-05-14'), undefined, at)];
      const moment = { ...evening, instant };
      const expected = instant < at ? resultsClass(before, moment) : 'none';
      return resultsClass(after, moment) === expected;
    }),
  );
});
