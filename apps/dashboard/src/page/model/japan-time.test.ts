import { expect, it } from 'vitest';
import { addDays, japanInstant, japanTime, shortJapanInstant } from './japan-time.ts';

it('is the time of a clock in Tokyo, whatever the time zone of the browser', () => {
  expect(japanTime('2026-11-24T15:00:00Z')).toEqual({ date: '2026-11-25', time: '00:00:00' });
  expect(japanTime(Date.UTC(2024, 10, 5, 6, 30))).toEqual({ date: '2024-11-05', time: '15:30:00' });
});

it.each([
  ['an instant', japanInstant('2026-11-24T06:45:12Z'), '2026-11-24 15:45 JST'],
  ['an instant of today', japanInstant('2026-11-24T06:45:12Z', '2026-11-24'), '15:45 JST'],
  ['no instant', japanInstant(null), '–'],
  ['a short instant of this year', shortJapanInstant('2026-11-24T06:45:12Z', '2026-11-25'), '11-24 15:45'],
  ['one on New Year in Japan', shortJapanInstant('2025-12-31T16:00:00Z', '2026-11-25'), '01-01 01:00'],
  ['one of last year', shortJapanInstant('2025-12-30T06:00:00Z', '2026-01-05'), '2025-12-30 15:00'],
  ['the day before a leap day', addDays('2024-02-28', 1), '2024-02-29'],
  ['the day before New Year', addDays('2026-01-01', -1), '2025-12-31'],
])('shows %s as %s', (_, shown, expected) => {
  expect(shown).toBe(expected);
});
