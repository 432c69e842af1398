import type { Panel } from '@daytrade/series';
import type { JudgementInput } from '../evaluation/judge.ts';
import type { EvaluationReport } from '../evaluation/report.ts';
import type { CompiledEnsembleOptions } from '../options.ts';
import { type EnsembleRun, type JudgementTaskOutput, stopWhenCancelled } from '../run-task.ts';
import { type Dataset, sharePanel } from './dataset.ts';
import { type Fold, planFolds } from './folds.ts';
import { type FoldResults, runFolds } from './run-folds.ts';
import { planTimeRange } from './time-range.ts';

/** Shares of a whole run after which a stage ends. */
const featuresEnd = 0.04;
const trainingEnd = 0.95;

/** What {@link runWalkForward} gives. */
export interface WalkForwardResult extends Omit<JudgementTaskOutput, 'report'>, Pick<FoldResults, 'finalModels'> {
  readonly dataset: Dataset;
  readonly report: EvaluationReport;
}

/**
 * Features, the folds, then the judgement in time order: what training and evaluation have in common.
 *
 * @param withFinalModels also fit the members on every labelled row
 */
export async function runWalkForward(
  panel: Panel,
  options: CompiledEnsembleOptions,
  run: EnsembleRun,
  withFinalModels: boolean,
): Promise<WalkForwardResult> {
  const started = run.now();
  stopWhenCancelled(run.signal);
  run.progress('features', 0);
  const shared = sharePanel(panel);
  const dataset = await run.runTask('features', shared);
  const range = planTimeRange(dataset, options);
  const featuresDone = run.now();
  run.progress('training', featuresEnd);
  const folds: Fold[] = [...planFolds(range.first, range.end, options)];
  if (withFinalModels) folds.push({ trainFrom: 0, trainTo: range.end, predictFrom: range.end, predictTo: range.end });
  const { predictions, finalModels } = await runFolds(dataset, folds, options, run, (fraction, message) => {
    run.progress('training', featuresEnd + (trainingEnd - featuresEnd) * fraction, message);
  });
  const trainingDone = run.now();
  stopWhenCancelled(run.signal);
  run.progress('intervals', trainingEnd);
  const judgement: JudgementInput = { panel: shared, dataset, predictions, range, options };
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
  return { dataset, finalModels, report: { ...report, seconds }, ...rest };
}
