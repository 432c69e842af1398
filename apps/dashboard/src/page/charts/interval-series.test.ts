import type { JudgedPrediction } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { IntervalSeries } from './interval-series.ts';
import type { Palette } from './palette.ts';

const palette = { interval: 'edge', intervalFill: 'patina', lateFill: 'grey', outside: 'ring' } as unknown as Palette;

/** The colours of the spans that are drawn, one for each source of an interval. */
function fillsOf(sources: readonly JudgedPrediction['source'][]): readonly string[] {
  const fills: string[] = [];
  const context = { fillStyle: '', fillRect: () => fills.push(context.fillStyle) };
  const series = new IntervalSeries(palette);
  series.update({
    barSpacing: 5,
    visibleRange: { from: 0, to: sources.length },
    bars: sources.map((source, x) => ({
      x,
      originalData: { time: '2026-11-24', interval: { lower: 1, upper: 2, inside: true, source }, close: 1.5 },
    })),
  } as unknown as Parameters<IntervalSeries['update']>[0]);
  const target = { useMediaCoordinateSpace: (draw: (scope: object) => void) => draw({ context }) };
  const toY = (price: number) => price;
  series.renderer().draw(target as never, toY as never, false);
  return fills;
}

it('draws what was made after the open in another colour than what was reconstructed', () => {
  expect(fillsOf(['walk-forward', 'late'])).toEqual(['patina', 'grey']);
});
