import { describe, expect, it } from 'vitest';
import { horizonAt, horizonTime, inDayHorizons, inDayHorizonsOf, lateFrom } from './horizon.ts';
import { parseTradeDate } from './trade-date.ts';

const friday = parseTradeDate('2026-11-27');
const japan = (time: string, date = '2026-11-27') => Date.parse(`${date}T${time}:00+09:00`);

describe('the horizons of a session', () => {
  it('are 08:30, the open, and every 15 minutes in which there is trading, before the close', () => {
    expect(inDayHorizonsOf(friday)).toEqual(inDayHorizons);
    expect(inDayHorizonsOf(friday)).toHaveLength(23);
    expect(inDayHorizonsOf(friday).at(-1)).toBe('close@15:15');
  });

  it.each([
    ['2024-11-01', 'close@14:45', 21, 'closed at 15:00'],
    ['2011-11-18', 'close@14:45', 19, 'had a morning to 11:00'],
    ['2006-01-19', 'close@14:45', 17, 'began its afternoon at 13:00'],
    ['2009-01-05', 'close@10:45', 9, 'was a half day'],
  ])('of %s end with %s: %i, as it %s', (date, last, count) => {
    const horizons = inDayHorizonsOf(parseTradeDate(date));
    expect(horizons.at(-1)).toBe(last);
    expect(horizons).toHaveLength(count);
  });
});

describe('lateFrom', () => {
  it('is 5 minutes after the time, or the close', () => {
    expect(lateFrom(friday, 'close@08:30')).toBe(japan('08:35'));
    expect(lateFrom(friday, 'close@open')).toBe(japan('09:10'));
    expect(lateFrom(friday, 'close@15:15')).toBe(japan('15:20'));
    // A session that closed at 15:00.
    const before = parseTradeDate('2024-11-01');
    expect(lateFrom(before, 'close@14:45')).toBe(japan('14:50', before));
    expect(lateFrom(before, 'close@15:15')).toBe(japan('15:00', before));
  });
});

describe('horizonTime', () => {
  it('is the time of the horizon in Japan; the open is known when its bar of 5 minutes has ended', () => {
    const times = inDayHorizons.map((horizon) => (horizon === 'close@open' ? '09:05' : horizon.slice(6)));
    expect(inDayHorizons.map((horizon) => horizonTime(friday, horizon))).toEqual(times.map((time) => japan(time)));
  });
});

describe('horizonAt', () => {
  it.each([
    ['08:29', undefined],
    ['08:30', 'close@08:30'],
    ['09:00', 'close@08:30'],
    ['09:05', 'close@open'],
    ['10:29', 'close@10:15'],
    ['10:30', 'close@10:30'],
    ['12:30', 'close@11:30'],
    ['15:29', 'close@15:15'],
    ['15:30', undefined],
  ])('at %s is %s', (time, expected) => {
    expect(horizonAt(japan(time))).toBe(expected);
  });

  it('is none on a day without a session', () => {
    expect(horizonAt(japan('10:30', '2026-11-28'))).toBeUndefined();
  });
});
