import type { Panel } from '@daytrade/series';
import type { EvaluationReport, JudgedForecast } from './evaluation/report.ts';
import { compileOptions, type EnsembleOptions } from './options.ts';
import type { EnsembleRun } from './run-task.ts';
import { runWalkForward } from './walk-forward/run-walk-forward.ts';

/** What {@link evaluateEnsemble} gives. */
export interface EvaluationResult {
  readonly report: EvaluationReport;
  /** Every judged prediction, session after session. */
  readonly judged: readonly JudgedForecast[];
}

/**
 * Judges the ensemble walk-forward and out of sample over the newest sessions (500 by default), beside its baselines.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed, `input.invalid` for an option out of
 * range, `run.cancelled` soon after the signal
 *
 * @example
 * const { report } = await evaluateEnsemble(panel, { seed: 7 }, { runTask: inlineTasks, progress: () => {}, now: Date.now });
 */
export async function evaluateEnsemble(
  panel: Panel,
  options: EnsembleOptions,
  run: EnsembleRun,
): Promise<EvaluationResult> {
  const { report, judged } = await runWalkForward(panel, compileOptions(options, 500), run, false);
  return { report, judged };
}
