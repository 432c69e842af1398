import { roundToTick } from '@daytrade/market';
import { type BarRows, limitColumns, noisePanel, type Panel, seededRandom, sharedArray } from '@daytrade/series';
import type { BacktestData, ForecastColumns } from '../backtest/backtest-data.ts';

/** Size of some noise, and its seed. */
export interface NoiseOptions {
  readonly symbols: number;
  readonly sessions: number;
  readonly seed: number;
}

/** Bars of noise as the exchange would trade them, on the grid of ticks and within the daily limits, with forecasts. */
export function noiseData({ symbols, sessions, seed }: NoiseOptions): BacktestData {
  const panel = asTraded(noisePanel({ symbolCount: symbols, sessionCount: sessions, seed }));
  return { panel, limits: limitColumns(panel), forecasts: noiseForecasts(panel, seed) };
}

/** The same prices on the grid; a bar beyond the limits of its session ends at them. */
function asTraded(noise: Panel): Panel {
  const symbols = noise.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' as const }));
  const column = () => sharedArray(noise.close.length);
  const panel = { ...noise, symbols, open: column(), high: column(), low: column(), close: column(), volume: column() };
  for (let t = 0; t < panel.days.length; t += 1) {
    const limits = t === 0 ? undefined : limitColumns(rowsTo(panel, t));
    for (let s = 0; s < symbols.length; s += 1) {
      const row = t * symbols.length + s;
      for (const name of ['open', 'high', 'low', 'close'] as const) {
        const price = Math.max(1, roundToTick(noise[name][row]!, symbols[s]!.tickTable, 'nearest'));
        panel[name][row] = limits === undefined ? price : Math.min(limits.upper[s]!, Math.max(limits.lower[s]!, price));
      }
      panel.volume[row] = noise.volume[row]!;
    }
  }
  return panel;
}

function rowsTo(panel: Panel, t: number): Panel {
  const column = (values: Float64Array) => values.subarray((t - 1) * panel.symbols.length, t * panel.symbols.length);
  const rows: BarRows = {
    open: column(panel.open),
    high: column(panel.high),
    low: column(panel.low),
    close: column(panel.close),
    volume: column(panel.volume),
  };
  return { ...panel, days: panel.days.subarray(t - 1, t), ...rows };
}

/** Forecasts that know nothing: a centre by luck, and an interval of 4 %. */
function noiseForecasts({ symbols, days, close }: Panel, seed: number): ForecastColumns {
  const random = seededRandom(seed + 7);
  const column = () => sharedArray(close.length).fill(NaN);
  const columns = { centre: column(), lower: column(), upper: column() };
  for (let row = symbols.length; row < days.length * symbols.length; row += 1) {
    const last = close[row - symbols.length]!;
    columns.centre[row] = last * (1 + 0.01 * (random() - 0.5));
    columns.lower[row] = last * 0.96;
    columns.upper[row] = last * 1.04;
  }
  return { ...columns, skilled: new Uint8Array(days.length) };
}
