import { createSeriesMarkers, type ISeriesApi, type SeriesMarker } from 'lightweight-charts';
import type { ChartTrade } from '../model/chart-trades.ts';
import type { Palette } from './palette.ts';

/** Marks trades at their prices: an arrow from below for what was bought, one from above for what was sold. */
export function markTrades(
  series: ISeriesApi<'Candlestick'>,
  trades: readonly ChartTrade[],
  { lines: [bought, sold] }: Palette,
): void {
  const markers = trades.map(
    ({ session, side, price }): SeriesMarker<string> =>
      side === 'buy'
        ? { time: session, price, position: 'atPriceBottom', shape: 'arrowUp', color: bought }
        : { time: session, price, position: 'atPriceTop', shape: 'arrowDown', color: sold },
  );
  createSeriesMarkers(series, markers);
}
