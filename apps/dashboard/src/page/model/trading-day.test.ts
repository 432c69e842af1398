import { tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { dayParts, shareOfDay, standOf } from './trading-day.ts';

const now = {
  date: tradeDateSchema.parse('2026-11-24'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
const before2024 = { ...now, date: tradeDateSchema.parse('2024-11-01'), continuousClose: '15:00', close: '15:00' };

describe('the trading day', () => {
  it('has a closing auction since 2024-11-05', () => {
    expect(dayParts(now).map(({ part }) => part)).toEqual(['morning', 'lunch', 'afternoon', 'auction']);
    expect(dayParts(before2024).map(({ part }) => part)).toEqual(['morning', 'lunch', 'afternoon']);
  });

  it('is covered by its parts without a gap', () => {
    const parts = dayParts(now);
    expect(parts[0]?.from).toBe(0);
    expect(parts.at(-1)?.to).toBe(1);
    for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(parts[index]?.to);
  });

  it('holds the clock between open and close', () => {
    expect(shareOfDay(now, '08:00:00')).toBe(0);
    expect(shareOfDay(now, '12:15:00')).toBe(0.5);
    expect(shareOfDay(now, '18:00:00')).toBe(1);
  });
});

describe('a session', () => {
  const at = (date: string, time: string) => standOf('2026-11-24', [now], { date, time });

  it('is the next one until its day, today’s until it closes, and then over', () => {
    expect(at('2026-11-23', '23:59:59')).toBe('next');
    expect(at('2026-11-24', '00:00:00')).toBe('today');
    expect(at('2026-11-24', '15:29:59')).toBe('today');
    expect(at('2026-11-24', '15:30:00')).toBe('over');
    expect(at('2026-11-25', '08:00:00')).toBe('over');
  });

  it('is today’s all day while its hours are not known', () => {
    expect(standOf('2026-11-24', [], { date: '2026-11-24', time: '18:00:00' })).toBe('today');
  });
});
