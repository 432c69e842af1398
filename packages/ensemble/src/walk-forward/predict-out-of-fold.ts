import type { Panel } from '@daytrade/series';
import { type Outcomes, outcomesOf, trainableRows } from '../dataset.ts';
import type { CompiledEnsembleOptions } from '../options.ts';
import { type EnsembleRun, stopWhenCancelled } from '../run-task.ts';
import { type Fold, planFolds } from './folds.ts';
import { type FoldResults, runFolds } from './run-folds.ts';
import { planTimeRange, type TimeRange } from './time-range.ts';

/** Shares of a whole run after which a stage ends. */
const featuresEnd = 0.04;
export const trainingEnd = 0.95;

/** What {@link predictOutOfFold} gives: all that is needed of a dataset but its features, by far the largest part. */
export interface OutOfFold extends FoldResults {
  readonly outcomes: Outcomes;
  readonly range: TimeRange;
  /** Names of the features. */
  readonly features: readonly string[];
  /** Labelled rows of all sessions. */
  readonly labelledRows: number;
  /** When the features were done and the training began, by the run's clock. */
  readonly featuresDone: number;
}

/**
 * Features, then the folds of the walk-forward.
 *
 * @param panel on SharedArrayBuffers
 * @param withFinalModels also fit the members on every labelled row
 */
export async function predictOutOfFold(
  panel: Panel,
  options: CompiledEnsembleOptions,
  run: EnsembleRun,
  withFinalModels: boolean,
): Promise<OutOfFold> {
  stopWhenCancelled(run.signal);
  run.progress('features', 0);
  const dataset = await run.runTask('features', panel);
  const range = planTimeRange(dataset, options);
  const featuresDone = run.now();
  run.progress('training', featuresEnd);
  const folds: Fold[] = [...planFolds(range.first, range.end, options)];
  if (withFinalModels) folds.push({ trainFrom: 0, trainTo: range.end, predictFrom: range.end, predictTo: range.end });
  const results = await runFolds(dataset, folds, options, run, (fraction, message) => {
    run.progress('training', featuresEnd + (trainingEnd - featuresEnd) * fraction, message);
  });
  const labelledRows = trainableRows(dataset, 0, dataset.sessions).length;
  return { ...results, outcomes: outcomesOf(dataset), range, features: dataset.names, labelledRows, featuresDone };
}
