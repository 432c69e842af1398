import {
  type ISeriesPrimitive,
  type Logical,
  type SeriesAttachedParameter,
  TickMarkType,
  type Time,
} from 'lightweight-charts';
import { expect, it, vi } from 'vitest';
import type { Palette } from './chart.tsx';
import { dayOfMonth } from './scaffold.ts';
import { intervalSpans } from './symbol-chart.ts';

const palette = {
  intervalFill: 'patina',
  lateFill: 'grey',
} as unknown as Palette;

/** Draws a primitive on a chart whose pixels are days of the month and yen, and on a canvas that reports some calls. */
function draw(primitive: ISeriesPrimitive<Time>, reported: object): void {
  const timeScale = { timeToCoordinate: (time: string) => Number(time.slice(-2)), options: () => ({ barSpacing: 5 }) };
  const series = { priceToCoordinate: (price: number) => price };
  primitive.attached?.({ chart: { timeScale: () => timeScale }, series } as unknown as SeriesAttachedParameter<Time>);
  const context = new Proxy(reported, { get: (of, key) => Reflect.get(of, key) ?? vi.fn() });
  const [view] = primitive.paneViews?.() ?? [];
  const useMediaCoordinateSpace = (on: (scope: object) => void) => on({ context });
  view?.renderer()?.draw({ useMediaCoordinateSpace } as never);
}

it.each([
  ['2026-06-02', TickMarkType.DayOfMonth, 'en', 'Jun 2'],
  ['2026-06-02', TickMarkType.DayOfMonth, 'ja', '6/2'],
  ['2026-06-01', TickMarkType.Month, 'en', null],
])('names the month of a day on the time axis: %s, %s, %s', (date, type, locale, label) => {
  expect(dayOfMonth(date, type, locale)).toBe(label);
});

it('draws an interval that was made after the open in another colour than a reconstructed one', () => {
  const fills: string[] = [];
  const reported = { fillStyle: '', fillRect: () => fills.push(reported.fillStyle) };
  const sessions = (['walk-forward', 'late'] as const).map((source) => ({
    date: '2026-11-24',
    bar: null,
    interval: { lower: 1, upper: 2, inside: true, source },
  }));
  draw(intervalSpans(sessions, palette), reported);
  expect(fills).toEqual(['patina', 'grey']);
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
  const spans = intervalSpans(sessions, palette);
  expect(spans.autoscaleInfo?.(from as Logical, to as Logical)).toEqual({ priceRange });
});
