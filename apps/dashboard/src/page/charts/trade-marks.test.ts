import type { SeriesAttachedParameter, Time } from 'lightweight-charts';
import { expect, it, vi } from 'vitest';
import type { ChartTrade } from '../model/chart-trades.ts';
import type { DrawTarget } from './draw-target.ts';
import type { Palette } from './palette.ts';
import { TradeMarks } from './trade-marks.ts';

const palette = { lines: ['green', 'red'], surface: 'white' } as unknown as Palette;

/** Where the tips of the marks are, on a chart whose pixels are days of the month and yen. */
function tipsOf(trades: readonly ChartTrade[]): readonly (readonly number[])[] {
  const tips: number[][] = [];
  const ignored = vi.fn();
  const context = {
    beginPath: ignored,
    lineTo: ignored,
    closePath: ignored,
    fill: ignored,
    stroke: ignored,
    moveTo: (x: number, y: number) => tips.push([x, y]),
  };
  const target = { useMediaCoordinateSpace: (draw: (scope: object) => void) => draw({ context }) };
  const marks = new TradeMarks(trades, palette);
  marks.attached({
    chart: { timeScale: () => ({ timeToCoordinate: (time: string) => Number(time.slice(-2)) }) },
    series: { priceToCoordinate: (price: number) => price },
  } as unknown as SeriesAttachedParameter<Time>);
  for (const view of marks.paneViews()) view.renderer().draw(target as unknown as DrawTarget);
  return tips;
}

it('marks a trade from before a split on the candle that the split has restated', () => {
  const trade = { session: '2026-11-24', side: 'buy', price: 3000, shares: 100 } as const;
  expect(tipsOf([{ ...trade, restated: 600 }])).toEqual([[24, 600]]);
});
