import { dateOfDayNumber, instantOf, roundToTick, sessionTimes } from '@daytrade/market';
import {
  barMilliseconds,
  type IntradayColumns,
  limitColumns,
  mapBars,
  type Panel,
  seededRandom,
  sharedArray,
} from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import type { BacktestData, ForecastColumns } from '../backtest/backtest-data.ts';
import type { SimulationSettings } from '../backtest/simulation.ts';
import { usualCosts } from '../costs/costs.ts';
import { withoutLimits } from '../rules/order-limits.ts';

/** A day account of 10 million yen with usual costs and without limits. */
export const usualSettings: SimulationSettings = {
  account: 'day-margin',
  cash: 10_000_000,
  costs: usualCosts('day-margin'),
  limits: withoutLimits,
  rules: true,
  participation: 0.01,
};

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
  return { ...panel, days: panel.days.subarray(t - 1, t), ...mapBars(panel, column) };
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
  return columns;
}

/** Bars of 5 minutes in a session of noise: enough to say what came first. */
const barsOfSession = 12;

/** Noise with bars of 5 minutes: from the open of a day to one end of its range, the other, and the close. */
export function noiseDays(size: NoiseOptions): BacktestData {
  const data = noiseData(size);
  const random = seededRandom(size.seed + 11);
  return { ...data, intraday: data.panel.symbols.map((_, s) => withinDays(data, s, random)) };
}

function withinDays({ panel }: BacktestData, s: number, random: () => number): IntradayColumns {
  const rows: (readonly [time: number, open: number, high: number, low: number, close: number, volume: number])[] = [];
  for (const [t, day] of panel.days.entries()) {
    const row = t * panel.symbols.length + s;
    const [open, high, low, close] = [panel.open[row]!, panel.high[row]!, panel.low[row]!, panel.close[row]!];
    if (!(open > 0)) continue;
    const date = dateOfDayNumber(day);
    const begin = instantOf(date, sessionTimes(date).morningOpen);
    const turns = random() < 0.5 ? [open, high, low, close] : [open, low, high, close];
    const priceAt = (i: number) => {
      const at = (3 * i) / barsOfSession;
      const leg = Math.min(2, Math.floor(at));
      const price = turns[leg]! + (at - leg) * (turns[leg + 1]! - turns[leg]!);
      return Math.min(high, Math.max(low, roundToTick(price, panel.symbols[s]!.tickTable, 'nearest')));
    };
    for (let i = 0; i < barsOfSession; i += 1) {
      const [from, to] = [priceAt(i), priceAt(i + 1)];
      const time = begin + i * barMilliseconds;
      rows.push([
        time,
        from,
        Math.max(from, to),
        Math.min(from, to),
        to,
        Math.floor(panel.volume[row]! / barsOfSession),
      ]);
    }
  }
  const column = (place: number) => Float64Array.from(rows, (values) => values[place]!);
  return { times: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}
