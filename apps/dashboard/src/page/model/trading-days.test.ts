import { tradeDateSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { sessionPhase } from './trading-days.ts';

const session = {
  date: tradeDateSchema.parse('2026-11-24'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
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
