import { dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { CalendarState, calendarFields } from './calendar.ts';

function stateAfter(...dates: readonly string[]): CalendarState {
  const calendar = new CalendarState();
  for (const date of dates) calendar.push(dayNumber(parseTradeDate(date)));
  return calendar;
}

describe('calendar of a session and the one after it', () => {
  it('counts the closed days of Golden Week 2024', () => {
    const calendar = stateAfter('2024-05-01', '2024-05-02');
    expect(calendar).toMatchObject({ weekday: 4, nextWeekday: 2, closedDaysBefore: 0, closedDaysAfter: 4 });
    expect(stateAfter('2024-05-02', '2024-05-07').closedDaysBefore).toBe(4);
  });

  it('knows month and quarter ends by session, not by day', () => {
    expect(stateAfter('2024-03-28')).toMatchObject({ nextIsMonthEnd: 1, nextIsQuarterEnd: 1, nextDayOfMonth: 29 });
    expect(stateAfter('2024-05-30')).toMatchObject({ nextIsMonthEnd: 1, nextIsQuarterEnd: 0, nextMonth: 5 });
    expect(stateAfter('2023-12-28')).toMatchObject({ nextIsMonthEnd: 1, nextIsQuarterEnd: 1, nextDayOfMonth: 29 });
    expect(stateAfter('2023-12-29')).toMatchObject({ nextIsMonthEnd: 0, nextMonth: 1, nextDayOfMonth: 4 });
  });

  it('settles on the second Friday, or the session before it when that is a holiday', () => {
    expect(stateAfter('2024-06-13').nextIsSettlement).toBe(1);
    expect(stateAfter('2024-06-06').nextIsSettlement).toBe(0);
    // 2022-02-11 is a holiday and the second Friday.
    expect(stateAfter('2022-02-09').nextIsSettlement).toBe(1);
    expect(stateAfter('2022-02-10').nextIsSettlement).toBe(0);
  });

  it('says of every session what dates and sessions say', () => {
    const sessions = sessionsBetween(parseTradeDate('2000-01-04'), parseTradeDate('2030-12-27'));
    const byMonth = Object.groupBy([...sessions, '2030-12-30'], (date) => date.slice(0, 7));
    const time = (date: string) => Date.parse(`${date}T00:00:00Z`);
    const weekday = (date: string) => new Date(time(date)).getUTCDay();
    const daysBetween = (one: string, other: string) => (time(other) - time(one)) / 86_400_000 - 1;
    const calendar = new CalendarState();
    const wrong: string[] = [];
    for (const [i, date] of sessions.entries()) {
      calendar.push(dayNumber(date));
      const next = sessions[i + 1] ?? '2030-12-30';
      const month = next.slice(0, 7);
      const isMonthEnd = Number(byMonth[month]!.at(-1) === next);
      const fridays = Array.from({ length: 31 }, (_, d) => `${month}-${String(d + 1).padStart(2, '0')}`).filter(
        (text) => weekday(text) === 5,
      );
      const settlement = byMonth[month]!.findLast((session) => session <= fridays[1]!);
      const expected = {
        weekday: weekday(date),
        nextWeekday: weekday(next),
        closedDaysBefore: i === 0 ? NaN : daysBetween(sessions[i - 1]!, date),
        closedDaysAfter: daysBetween(date, next),
        nextDayOfMonth: Number(next.slice(8)),
        nextMonth: Number(next.slice(5, 7)),
        nextIsMonthEnd: isMonthEnd,
        nextIsQuarterEnd: /-(03|06|09|12)-/.test(next) ? isMonthEnd : 0,
        nextIsSettlement: Number(settlement === next),
      };
      if (calendarFields.some((field) => !Object.is(calendar[field], expected[field]))) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('works until the last session that has a next one, and says where the calendar ends', () => {
    expect(stateAfter('2030-12-27').nextIsMonthEnd).toBe(1);
    expect(() => stateAfter('2030-12-30')).toThrow(/2030-12-3/);
  });
});
