import type { SessionIndex } from '@daytrade/series';
import type { Strategy } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';

/** Sessions that are needed before the first one: what volatility and volume are taken from. */
const leastHistory = 21;

/**
 * The sessions in which a strategy can act, among those from one to before another: for one that goes by forecasts
 * those with a forecast, which alone count in its statistics.
 */
export function countedSessions(
  { panel, forecasts }: BacktestData,
  { needsForecasts }: Pick<Strategy, 'needsForecasts'>,
  from: SessionIndex,
  to: SessionIndex,
): readonly SessionIndex[] {
  const counted: SessionIndex[] = [];
  const symbols = panel.symbols.length;
  for (let t = Math.max(from, leastHistory); t < Math.min(to, panel.days.length); t += 1) {
    const own = forecasts?.lower.subarray(t * symbols, (t + 1) * symbols);
    if (!needsForecasts || own?.some((bound) => bound > 0) === true) counted.push(t);
  }
  return counted;
}
