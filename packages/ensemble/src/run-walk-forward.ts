import type { Panel } from '@daytrade/series';
import { sharePanel } from './dataset.ts';
import type { JudgementInput } from './evaluation/judge.ts';
import type { EvaluationReport, KnownBeside } from './evaluation/report.ts';
import type { CompiledEnsembleOptions } from './options.ts';
import { type EnsembleRun, type JudgementTaskOutput, stopWhenCancelled } from './run-task.ts';
import { type OutOfFold, predictOutOfFold, trainingEnd } from './walk-forward/run-folds.ts';

export interface WalkForwardResult
  extends Omit<JudgementTaskOutput, 'report'>,
    Pick<OutOfFold, 'features' | 'labelledRows' | 'finalModels'> {
  readonly report: EvaluationReport;
}

/**
 * Features, the folds, then the judgement in time order: what training and evaluation have in common. The features are
 * let go before the judgement.
 *
 * @param withFinalModels also fit the members on every labelled row
 * @param beside by which the report sorts what it judges
 */
export async function runWalkForward(
  panel: Panel,
  options: CompiledEnsembleOptions,
  run: EnsembleRun,
  withFinalModels: boolean,
  beside?: KnownBeside,
): Promise<WalkForwardResult> {
  const started = run.now();
  const shared = sharePanel(panel);
  const outOfFold = await predictOutOfFold(shared, options, run, withFinalModels);
  const { outcomes, predictions, range, features, labelledRows, finalModels, featuresDone } = outOfFold;
  const trainingDone = run.now();
  stopWhenCancelled(run.signal);
  run.progress('intervals', trainingEnd);
  const judgement: JudgementInput = {
    panel: shared,
    outcomes,
    predictions,
    range,
    options,
    horizon: 'next-close',
    beside,
  };
  const { report, ...rest } = await run.runTask('judgement', judgement);
  stopWhenCancelled(run.signal);
  const ended = run.now();
  run.progress('intervals', 1);
  const seconds = {
    total: (ended - started) / 1000,
    features: (featuresDone - started) / 1000,
    training: (trainingDone - featuresDone) / 1000,
    intervals: (ended - trainingDone) / 1000,
  };
  return { features, labelledRows, finalModels, report: { ...report, seconds }, ...rest };
}
