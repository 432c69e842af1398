import type { Panel } from '@daytrade/series';
import type { Ensemble } from './ensemble.ts';
import type { EvaluationResult } from './evaluate-ensemble.ts';
import type { KnownBeside } from './evaluation/report.ts';
import { deserialiseModels } from './members/ensemble-models.ts';
import { compileOptions, type EnsembleOptions } from './options.ts';
import type { EnsembleRun } from './run-task.ts';
import { runWalkForward } from './run-walk-forward.ts';
import { formulaHashes } from './serving/session-rows.ts';
import { sessionsNeeded } from './walk-forward/folds.ts';

const defaultTrainingSessions = 250;

/** Sessions between two trainings of a training's own walk-forward; see docs/forecasting.md. */
const defaultStride = 100;

/** Sessions without which a training by default options refuses to start. */
export const fewestTrainingSessions = sessionsNeeded(compileOptions({}, defaultTrainingSessions));

/** With the judgement of the same procedure in the newest sessions, before the final members were fitted on them. */
export interface TrainingResult extends EvaluationResult {
  readonly ensemble: Ensemble;
}

/**
 * Trains an ensemble. A walk-forward over the newest sessions (500 by default, the last 250 judged) gives the
 * out-of-fold predictions from which the combination, the calibration and the conformal scores learn; the members are
 * then fitted on all labelled rows.
 *
 * @throws DayTradeError `training.too-little-data` naming what there is and what is needed, `run.cancelled`
 * soon after the signal
 */
export async function trainEnsemble(
  panel: Panel,
  options: EnsembleOptions,
  run: EnsembleRun,
  beside?: KnownBeside,
): Promise<TrainingResult> {
  const compiled = compileOptions({ retrainEvery: defaultStride, ...options }, defaultTrainingSessions);
  const trained = await runWalkForward(panel, compiled, run, true, beside);
  const { features, labelledRows, finalModels, report, judged, state, calibration } = trained;
  const ensemble: Ensemble = {
    options: compiled,
    trainedFrom: panel.days[0]!,
    trainedTo: panel.days.at(-1)!,
    rows: labelledRows,
    symbols: panel.symbols.map(({ symbol }) => symbol),
    features,
    formulas: formulaHashes(features.slice(0, features.length - (panel.own?.length ?? 0))),
    models: deserialiseModels(finalModels!),
    state,
    calibration,
  };
  return { ensemble, report, judged };
}
