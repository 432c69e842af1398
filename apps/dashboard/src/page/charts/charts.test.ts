import { type Logical, TickMarkType } from 'lightweight-charts';
import { expect, it } from 'vitest';
import type { Palette } from './chart.tsx';
import { dayOfMonth } from './scaffold.ts';
import { intervalSpans } from './symbol-chart.ts';

it.each([
  ['2026-06-02', TickMarkType.DayOfMonth, 'en', 'Jun 2'],
  ['2026-06-02', TickMarkType.DayOfMonth, 'ja', '6/2'],
  ['2026-06-01', TickMarkType.Month, 'en', null],
])('names the month of a day on the time axis: %s, %s, %s', (date, type, locale, label) => {
  expect(dayOfMonth(date, type, locale)).toBe(label);
});

it.each([
  [0, 9, { minValue: 90, maxValue: 120 }],
  [1, 1, { minValue: 95, maxValue: 120 }],
])('keeps the intervals of the sessions from %d to %d in view', (from, to, priceRange) => {
  const sessions = [
    { lower: 90, upper: 110 },
    { lower: 95, upper: 120 },
  ].map((bounds) => ({
    date: '2026-11-24',
    bar: null,
    interval: { ...bounds, inside: true, source: 'live' as const },
  }));
  const spans = intervalSpans(sessions, {} as Palette);
  expect(spans.autoscaleInfo?.(from as Logical, to as Logical)).toEqual({ priceRange });
});
