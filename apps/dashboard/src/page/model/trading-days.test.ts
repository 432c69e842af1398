import { tradeDateSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { dayParts, sessionPhase, shareOfDay } from './trading-days.ts';

const session = {
  date: tradeDateSchema.parse('2026-11-24'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
const before2024 = { ...session, continuousClose: '15:00', close: '15:00' };

it.each([
  [session, ['morning', 'lunch', 'afternoon', 'auction']],
  [before2024, ['morning', 'lunch', 'afternoon']],
])('divides the day without a gap, with a closing auction since 2024-11-05', (day, names) => {
  const parts = dayParts(day);
  expect(parts.map(({ part }) => part)).toEqual(names);
  expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([0, 1]);
  for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(parts[index]?.to);
});

it.each([
  ['08:00:00', 0],
  ['12:15:00', 0.5],
  ['18:00:00', 1],
])('places %s at %d of the day', (time, share) => {
  expect(shareOfDay(session, time)).toBe(share);
});

it.each([
  ['2026-11-23', '23:59:59', 'next'],
  ['2026-11-24', '00:00:00', 'today'],
  ['2026-11-24', '15:29:59', 'today'],
  ['2026-11-24', '15:30:00', 'over'],
  ['2026-11-25', '08:00:00', 'over'],
])('sees on %s at %s a session of 2026-11-24 as: %s', (date, time, phase) => {
  expect(sessionPhase('2026-11-24', [session], { date, time })).toBe(phase);
});

it('sees a session of unknown hours as today’s for the whole day', () => {
  expect(sessionPhase('2026-11-24', [], { date: '2026-11-24', time: '18:00:00' })).toBe('today');
});
