import { TickMarkType } from 'lightweight-charts';
import { expect, it } from 'vitest';
import { dayOfMonth } from './chart-options.ts';

it('names the month of a day on the time axis, and leaves years and months to the chart', () => {
  expect(dayOfMonth('2026-06-02', TickMarkType.DayOfMonth, 'en')).toBe('Jun 2');
  expect(dayOfMonth('2026-06-02', TickMarkType.DayOfMonth, 'ja')).toBe('6/2');
  expect(dayOfMonth('2026-06-01', TickMarkType.Month, 'en')).toBeNull();
});
