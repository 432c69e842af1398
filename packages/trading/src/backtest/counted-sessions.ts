import { DayTradeError } from '@daytrade/errors';
import type { Panel, SessionIndex } from '@daytrade/series';
import type { Strategy } from '../strategies/strategy.ts';
import type { BacktestData } from './backtest-data.ts';

/**
 * Sessions without which a backtest says nothing: those before the first one, from which volatility and volume are
 * taken, and those that are judged.
 */
export const leastSessions = { before: 21, judged: 2 } as const;

/**
 * The sessions in which a strategy can act, among those from one to before another: for one that goes by forecasts
 * those with a forecast, which alone count in its statistics.
 */
export function countedSessions(
  { panel, forecasts }: Pick<BacktestData, 'panel' | 'forecasts'>,
  { needsForecasts }: Pick<Strategy, 'needsForecasts'>,
  from: SessionIndex,
  to: SessionIndex,
): readonly SessionIndex[] {
  const counted: SessionIndex[] = [];
  const symbols = panel.symbols.length;
  for (let t = Math.max(from, leastSessions.before); t < Math.min(to, panel.days.length); t += 1) {
    const own = forecasts?.lower.subarray(t * symbols, (t + 1) * symbols);
    if (!needsForecasts || own?.some((bound) => bound > 0) === true) counted.push(t);
  }
  return counted;
}

/**
 * Refuses sessions that are too few for a backtest, whatever forecasts of them there are.
 *
 * @throws DayTradeError `input.invalid` as the backtest
 */
export function checkSessions(
  panel: Panel,
  { needsForecasts }: Pick<Strategy, 'needsForecasts'>,
  from: SessionIndex,
  to: SessionIndex,
): void {
  const { length } = countedSessions({ panel }, { needsForecasts: false }, from, to);
  if (length < leastSessions.judged) throw nothingToJudge(needsForecasts);
}

/** What a backtest is refused with where there is no session to judge. */
export function nothingToJudge(needsForecasts: boolean): DayTradeError {
  const { before, judged } = leastSessions;
  const why = needsForecasts
    ? `fewer than ${judged} sessions have forecasts; run \`daytrade evaluate\` or \`daytrade predict\` first`
    : `fewer than ${judged} sessions are left after the ${before} that volatility and volume are taken from`;
  return new DayTradeError('input.invalid', `--from, --to: ${why}`, { details: { field: '--from' } });
}
