import { roundToTick } from '@daytrade/market';
import type { View } from '../backtest/view.ts';

/** A price that can be sent: on the grid of the symbol where its prices are as traded, within the daily limits. */
export function onGrid(view: View, symbol: number, price: number, rounding: 'down' | 'up'): number {
  const within = Math.min(view.upperLimit(symbol), Math.max(view.lowerLimit(symbol), price));
  return view.isTraded(symbol) && within > 0 ? roundToTick(within, view.tickTable(symbol), rounding) : within;
}
