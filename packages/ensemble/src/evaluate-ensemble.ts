import type { Panel } from '@daytrade/series';
import { endedSymbols, stretchOf } from './evaluation/judged-stretch.ts';
import type { JudgedForecasts } from './evaluation/judged-table.ts';
import type { EvaluationReport, KnownBeside } from './evaluation/report.ts';
import type { EvaluationOptions } from './options.ts';
import type { EnsembleRun } from './run-task.ts';
import { runWalkForward } from './run-walk-forward.ts';

export interface EvaluationResult {
  readonly report: EvaluationReport;
  /** Every judged prediction, session after session. */
  readonly judged: JudgedForecasts;
}

/**
 * Judges the ensemble walk-forward and out of sample over the newest sessions (500 by default), or over those between
 * two days, beside its baselines.
 *
 * @param beside what is known beside the bars; the report then has its buckets
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed, `run.cancelled`
 * soon after the signal
 */
export async function evaluateEnsemble(
  panel: Panel,
  options: EvaluationOptions,
  run: EnsembleRun,
  beside?: KnownBeside,
): Promise<EvaluationResult> {
  const { panel: judgedPanel, options: compiled } = stretchOf(panel, options);
  const { report, judged } = await runWalkForward(judgedPanel, compiled, run, false, beside);
  // All bars show whether a symbol is gone, also those after the stretch.
  return { judged, report: { ...report, endedSymbols: endedSymbols(panel) } };
}
