import { eachJudged, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { predict, trainRidge } from '@daytrade/learners';
import { dayNumber } from '@daytrade/market';
import { buildPanel, buildSessionPath, type IntradayColumns, type PanelInput } from '@daytrade/series';
import { type Comparison, compare } from '../harness/result.ts';
import { quantile } from '../harness/statistics.ts';
import { ScoredDays, targetMiss, winklerScore } from './scored-days.ts';

/** Sessions with 5-minute bars before the first that is judged. */
const warmUp = 20;

/** Least size of an error that a logarithm is taken of, in half-widths. */
const leastSize = 1e-2;

/**
 * Winkler scores of the evening's intervals with and without the realised variance of the day's 5-minute bars. In time
 * order, a regression of the size of the errors on the realised volatility moves the width, and a margin holds 93 % of
 * all earlier closes. The side without has the margin alone.
 */
export async function realisedVarianceRow(
  daily: readonly PanelInput[],
  fiveMinutes: ReadonlyMap<string, IntradayColumns>,
): Promise<Comparison> {
  const panel = buildPanel(daily.filter(({ symbol }) => fiveMinutes.has(symbol.symbol)));
  const codes = panel.symbols.map(({ symbol }) => symbol);
  const bars = codes.map((code) => fiveMinutes.get(code));
  const { from, variance } = buildSessionPath(panel, bars, ['15:25']);
  const run = { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() };
  const { judged } = await evaluateEnsemble(panel, { seed: 1, judgedSessions: panel.days.length - 1 - from }, run);
  const rows = [...eachJudged(judged)].flatMap(({ symbol, session, lower, upper, close }) => {
    const last = panel.days.indexOf(dayNumber(session)) - 1;
    const volatility = Math.sqrt(variance[(last - from) * codes.length + codes.indexOf(symbol)] ?? NaN);
    if (close === null || !(volatility > 0)) return [];
    const half = Math.log(upper / lower) / 2;
    const error = Math.log(close) - Math.log(lower) - half;
    return [{ session, half, error, size: Math.abs(error) / half, logVolatility: Math.log(volatility / half) }];
  });
  const matrix = { names: ['volatility'], rows: rows.length, values: Float64Array.from(rows, (r) => r.logVolatility) };
  const target = Float64Array.from(rows, ({ size }) => Math.log(Math.max(leastSize, size)));
  const scored = new ScoredDays();
  for (const session of [...new Set(rows.map((row) => row.session))].sort().slice(warmUp)) {
    const known = Int32Array.from(rows.keys()).filter((i) => rows[i]!.session < session);
    const own = Int32Array.from(rows.keys()).filter((i) => rows[i]!.session === session);
    const model = trainRidge({ l2: 1 }, { matrix, rows: known, target });
    const scoresBy = (factors: (of: Int32Array) => Float64Array) => {
      const past = factors(known).map((factor, i) => rows[known[i]!]!.size / factor);
      const margin = quantile(past, 1 - targetMiss);
      return factors(own).map((factor, i) => {
        const { half, error } = rows[own[i]!]!;
        return winklerScore(-half * margin * factor, half * margin * factor, error);
      });
    };
    const without = scoresBy((of) => new Float64Array(of.length).fill(1));
    const withIt = scoresBy((of) => predict(model, matrix, { rows: of }).map(Math.exp));
    for (const [i, score] of withIt.entries()) scored.add(session, score, without[i]!);
  }
  return compare({
    name: `${codes.length} symbols with 5-minute bars: Winkler score with realised variance`,
    unit: 'bp',
    ours: scored.oursBp,
    peer: { name: 'without', value: scored.peerBp },
    figure: scored.percentLower,
    kind: 'percent',
    note: `${scored.count.toLocaleString('en')} symbol-days of ${scored.days} sessions; ${scored.interval}`,
  });
}
