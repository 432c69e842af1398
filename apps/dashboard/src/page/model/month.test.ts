import { tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { countDays, shownDays, weeksOf } from './month.ts';

const session = {
  date: tradeDateSchema.parse('2026-11-24'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
const days = {
  sessions: [session],
  closed: [{ date: tradeDateSchema.parse('2026-11-23'), reason: 'Labor Thanksgiving Day' }],
  now: { japanTime: '10:00:00', phase: 'morning' as const, session: null, nextSession: null },
};

describe('the month view', () => {
  it('shows whole weeks from Monday to Sunday', () => {
    expect(shownDays('2026-11')).toEqual({ from: '2026-10-26', to: '2026-12-06' });
    expect(weeksOf('2026-11', days).map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('has the sessions and the reasons of closed days in their places', () => {
    const all = weeksOf('2026-11', days).flat();
    expect(all.find(({ date }) => date === '2026-11-24')).toMatchObject({ inMonth: true, session, closedReason: null });
    expect(all.find(({ date }) => date === '2026-11-23')?.closedReason).toBe('Labor Thanksgiving Day');
    expect(all.find(({ date }) => date === '2026-10-26')?.inMonth).toBe(false);
  });

  it('counts the days of the month itself', () => {
    expect(countDays(weeksOf('2026-11', days))).toEqual({ open: 1, closed: 29 });
  });
});
