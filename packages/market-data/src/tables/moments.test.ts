import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { parseDay, parseInstant, readingsOf, readMoment, timeOfDay } from './moments.ts';

const day = (date: string) => dayNumber(parseTradeDate(date));
const local = (date: string, localMinutes: number | undefined, form: string) => {
  return { day: day(date), instant: undefined, localMinutes, form };
};
const moment = (date: string, instant: string, form: string) => {
  return { day: day(date), instant: Date.parse(instant), localMinutes: undefined, form };
};
const notADate = (text: string) => `date: expected a date that exists, as YYYY-MM-DD, got ${JSON.stringify(text)}`;
const outside = (date: string) => `date: expected a day from 2000-01-01 to 2030-12-31, got ${date}`;
const offsetForm = '2025-01-06 with a time and its offset';

describe('a moment', () => {
  it.each([
    ['2025-01-06', local('2025-01-06', undefined, '2025-01-06')],
    ['2025/01/06', local('2025-01-06', undefined, '2025/01/06')],
    ['2025.1.6', local('2025-01-06', undefined, '2025.1.6')],
    ['2025/1/16', local('2025-01-16', undefined, '2025/1/6')],
    ['2025/11/6', local('2025-11-06', undefined, '2025/1/6')],
    ['20250106', local('2025-01-06', undefined, '20250106')],
    ['2025年1月6日', local('2025-01-06', undefined, '2025年1月6日')],
    ['2025年1月6日(月)', local('2025-01-06', undefined, '2025年1月6日')],
    ['2025/01/06 （月）', local('2025-01-06', undefined, '2025/01/06')],
    ['令和7年1月6日', local('2025-01-06', undefined, '令和7年1月6日')],
    ['令和元年5月7日', local('2019-05-07', undefined, '令和7年1月6日')],
    ['R7.1.6', local('2025-01-06', undefined, '令和7年1月6日')],
    ['2025-01-06 00:00', local('2025-01-06', 0, '2025-01-06 with a time')],
    ['2025-01-06T09:05:00', local('2025-01-06', 545, '2025-01-06 with a time')],
    ['2025-01-06 23:59:59', local('2025-01-06', 1439, '2025-01-06 with a time')],
    ['2025年1月6日 9:05', local('2025-01-06', 545, '2025年1月6日 with a time')],
    ['2025-01-06 09:05:00+09:00', moment('2025-01-06', '2025-01-06T00:05:00Z', offsetForm)],
    ['2025-01-06 09:05+0900', moment('2025-01-06', '2025-01-06T00:05:00Z', offsetForm)],
    ['2025-01-06 9:05 JST', moment('2025-01-06', '2025-01-06T00:05:00Z', offsetForm)],
    ['2025-01-06T00:05:30.5Z', moment('2025-01-06', '2025-01-06T00:05:30Z', offsetForm)],
    ['2025-01-06 00:05 UTC', moment('2025-01-06', '2025-01-06T00:05:00Z', offsetForm)],
    ['2025-01-05 19:05-05:00', moment('2025-01-06', '2025-01-06T00:05:00Z', offsetForm)],
    ['2025-01-06T15:00:00Z', moment('2025-01-07', '2025-01-06T15:00:00Z', offsetForm)],
    ['1736121900', moment('2025-01-06', '2025-01-06T00:05:00Z', 'seconds since 1970')],
    ['1736121900000', moment('2025-01-06', '2025-01-06T00:05:00Z', 'milliseconds since 1970')],
    ['999999999999', moment('2001-09-09', '2001-09-09T01:46:39.999Z', 'milliseconds since 1970')],
    ['2000-01-01', local('2000-01-01', undefined, '2025-01-06')],
    ['2030-12-31', local('2030-12-31', undefined, '2025-01-06')],
  ])('is read from %s', (text, expected) => {
    expect(readMoment(text, 'date')).toEqual(expected);
  });

  it.each([
    ['2025-02-30', 'date-invalid', notADate('2025-02-30')],
    ['2025-01/06', 'date-invalid', notADate('2025-01/06')],
    ['2025-01-06 24:00', 'date-invalid', notADate('2025-01-06 24:00')],
    ['2025-01-06 09:60', 'date-invalid', notADate('2025-01-06 09:60')],
    ['2025-01-06 noon', 'date-invalid', notADate('2025-01-06 noon')],
    ['', 'date-invalid', notADate('')],
    ['12345678901', 'date-invalid', notADate('12345678901')],
    ['x'.repeat(50), 'date-invalid', notADate('x'.repeat(40))],
    ['1999-12-31', 'date-out-of-range', outside('1999-12-31')],
    ['2031-01-01', 'date-out-of-range', outside('2031-01-01')],
    ['2030-12-31T15:00Z', 'date-out-of-range', outside('2031-01-01')],
    ['100000000', 'date-out-of-range', outside('1973-03-03')],
    [
      '06/01/2025',
      'date-invalid',
      'date: "06/01/2025" can be read as 2025-01-06 (day first) or 2025-06-01 (month first); say which by ' +
        '--date-format, as DD/MM/YYYY or MM/DD/YYYY, or write it as YYYY-MM-DD',
    ],
    [
      '20/01/2025',
      'date-invalid',
      'date: "20/01/2025" can be read as 2025-01-20 (day first); say which by --date-format, as DD/MM/YYYY, or ' +
        'write it as YYYY-MM-DD',
    ],
  ])('is not read from %s', (text, reason, message) => {
    expect(readMoment(text, 'date')).toEqual({ reason, message });
  });

  it.each([
    ['25/01/06', 'YY/MM/DD', local('2025-01-06', undefined, 'YY/MM/DD')],
    ['06/01/25', 'DD/MM/YYYY', local('2025-01-06', undefined, 'DD/MM/YYYY')],
    ['01/06/25', 'MM/DD/YYYY', local('2025-01-06', undefined, 'MM/DD/YYYY')],
    ['6.1.2025 9:05', 'DD/MM/YYYY', local('2025-01-06', 545, 'DD/MM/YYYY with a time')],
    ['1-6-2025', 'MM/DD/YYYY', local('2025-01-06', undefined, 'MM/DD/YYYY')],
    ['2025-01-06', 'MM/DD/YYYY', local('2025-01-06', undefined, '2025-01-06')],
  ] as const)('is read from %s by the format %s', (text, format, expected) => {
    expect(readMoment(text, 'date', format)).toEqual(expected);
  });

  it('is not read by a format in which its date does not exist', () => {
    expect(readMoment('20/01/2025', 'date', 'MM/DD/YYYY')).toMatchObject({ reason: 'date-invalid' });
    expect(readMoment('06/01/2025', 'date', 'YY/MM/DD')).toMatchObject({ reason: 'date-invalid' });
  });

  it.each([
    ['06/07/08', ['YY/MM/DD', 'DD/MM/YYYY', 'MM/DD/YYYY']],
    ['30/12/31', ['YY/MM/DD']],
    ['31/12/30', ['DD/MM/YYYY']],
    ['12/31/30', ['MM/DD/YYYY']],
    ['31/12/2030', ['DD/MM/YYYY']],
    ['01/01/2031', []],
    ['06-07-2025', ['DD/MM/YYYY', 'MM/DD/YYYY']],
    ['6/7/25', []],
    ['2025-06-07', []],
  ])('%s can be meant in the formats %j', (text, formats) => {
    expect([...readingsOf(text).keys()]).toEqual(formats);
  });

  it.each([
    ['2025-01-06', undefined],
    ['2025-01-06 09:05:30', '09:05:00'],
    ['2025-01-06 00:05', '00:05:00'],
    ['2025-01-06T00:05:30Z', '09:05:30'],
  ])('of %s has the time of the day in Japan %s', (text, expected) => {
    const read = readMoment(text, 'date');
    expect('form' in read && timeOfDay(read)).toBe(expected);
  });
});

describe('a day', () => {
  it.each([
    ['2025-01-06', '2025-01-06'],
    ['2025-01-06 00:00:00', '2025-01-06'],
    ['2025-01-06 14:59', '2025-01-06'],
    ['2025-01-06T15:00:00Z', '2025-01-07'],
    ['2025-01-06 15:30 JST', '2025-01-06'],
  ])('is read from %s', (text, date) => {
    // The second time it is known.
    expect([parseDay(text, 'date'), parseDay(text, 'date')]).toEqual(
      [1, 2].map(() => ({ value: day(date), form: expect.any(String) })),
    );
  });

  it('is not read from a time without an offset from which another day may follow', () => {
    expect(parseDay('2025-01-06 15:00', 'date')).toEqual({
      reason: 'date-invalid',
      message:
        'date: "2025-01-06 15:00" can be read as 2025-01-06 (time of Japan) or 2025-01-07 (UTC); expected a date as ' +
        'YYYY-MM-DD, or a time with its offset to UTC',
    });
  });

  it('is read by each format for itself', () => {
    expect(parseDay('06/01/2025', 'date', 'DD/MM/YYYY')).toMatchObject({ value: day('2025-01-06') });
    expect(parseDay('06/01/2025', 'date', 'MM/DD/YYYY')).toMatchObject({ value: day('2025-06-01') });
    expect(parseDay('06/01/2025', 'date')).toMatchObject({ reason: 'date-invalid' });
  });
});

describe('the beginning of a 5-minute bar', () => {
  it.each([
    ['2025-01-06 09:05:00+09:00', '2025-01-06T00:05:00Z'],
    ['2025-01-06T09:05:00.000+09:00', '2025-01-06T00:05:00Z'],
    ['2025-01-06 00:05:00+00:00', '2025-01-06T00:05:00Z'],
    ['2025-01-05 19:05:00-05:00', '2025-01-06T00:05:00Z'],
    ['2025-01-05 20:35:00-03:30', '2025-01-06T00:05:00Z'],
    ['2025-01-06 05:35:00+05:30', '2025-01-06T00:05:00Z'],
    ['2025-01-06 23:55:00+09:00', '2025-01-06T14:55:00Z'],
    ['2025-01-06 9:05 JST', '2025-01-06T00:05:00Z'],
    ['20250106', undefined],
    ['2025-01-06 09:05:00', undefined],
    ['2025-01-06 09:06:00+09:00', undefined],
    ['2025-01-06 09:05:01+09:00', undefined],
    ['2025-01-06 09:05:00+09:01', undefined],
    ['2025-01-06 24:00:00+09:00', undefined],
    ['2025-02-30 09:05:00+09:00', undefined],
    ['1736121900', '2025-01-06T00:05:00Z'],
    ['1736121901', undefined],
  ])('is read from %s: %s', (text, instant) => {
    const parsed = parseInstant(text, 'timestamp');
    expect('value' in parsed ? parsed.value : undefined).toBe(instant && Date.parse(instant));
    if ('value' in parsed) expect(parsed.form).toBe(/^\d+$/.test(text) ? 'seconds since 1970' : offsetForm);
  });

  it('says what is expected', () => {
    expect(parseInstant('2025-01-06 09:06:00+09:00', 'timestamp')).toEqual({
      reason: 'date-invalid',
      message:
        'timestamp: expected the beginning of a 5-minute bar with its offset to UTC, as 2025-01-22 09:05:00+09:00, ' +
        'got "2025-01-06 09:06:00+09:00"',
    });
    expect(parseInstant('2031-01-06 09:05:00+09:00', 'timestamp')).toMatchObject({ reason: 'date-out-of-range' });
  });
});
