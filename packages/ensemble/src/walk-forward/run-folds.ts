import { deriveSeed, type Panel } from '@daytrade/series';
import { type Dataset, type Outcomes, outcomesOf, trainableRows } from '../dataset.ts';
import type { CompiledEnsembleOptions } from '../options.ts';
import { type EnsembleRun, type RunTask, stopWhenCancelled } from '../run-task.ts';
import {
  emptyPredictions,
  type FoldTaskInput,
  type FoldTaskOutput,
  type Predictions,
  writePredictions,
} from './fold-task.ts';
import { type Fold, planFolds, planTimeRange, type TimeRange } from './folds.ts';

/** Shares of a whole run after which a stage ends. */
const featuresEnd = 0.04;
export const trainingEnd = 0.95;

/** The result of {@link predictOutOfFold}, without the features, by far the largest part of a dataset. */
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

/**
 * Folds that are handed out at a time: enough for any machine's threads, few enough that a cancelled run stops soon.
 */
const inFlight = 8;

/** Out-of-fold predictions, and the models of the last fold when they were asked for. */
interface FoldResults {
  readonly predictions: Predictions;
  /** Serialised models of the fold that predicts nothing: the ones fitted on everything. */
  readonly finalModels: readonly Uint8Array[] | undefined;
}

/** Progress of the folds: share done, 0 to 1. */
type FoldProgress = (fraction: number, message: string) => void;

/**
 * Fits and predicts every fold as a task of its own, the largest first. The result does not depend on threads or
 * timing: a fold's seed comes from its place, and its rows have places of their own.
 */
async function runFolds(
  dataset: Dataset,
  folds: readonly Fold[],
  options: CompiledEnsembleOptions,
  run: EnsembleRun,
  progress: FoldProgress,
): Promise<FoldResults> {
  const predictions = emptyPredictions(dataset.rows, options.members.length);
  const cost = (fold: Fold) => fold.trainTo - fold.trainFrom + 50;
  const total = folds.reduce((sum, fold) => sum + cost(fold), 0);
  const queue = folds.map((fold, index) => ({ fold, index })).sort((a, b) => cost(b.fold) - cost(a.fold));
  let finalModels: readonly Uint8Array[] | undefined;
  let done = 0;
  let ended = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      stopWhenCancelled(run.signal);
      const output = await foldTask(run.runTask, dataset, next.fold, next.index, options);
      writePredictions(predictions, output.rows, output);
      finalModels = output.models ?? finalModels;
      done += cost(next.fold);
      ended += 1;
      progress(done / total, `${ended} of ${folds.length} trainings`);
    }
  };
  await untilCancelled(Promise.all(Array.from({ length: inFlight }, work)), run.signal);
  return { predictions, finalModels };
}

async function foldTask(
  runTask: RunTask,
  dataset: Dataset,
  fold: Fold,
  index: number,
  options: CompiledEnsembleOptions,
): Promise<FoldTaskOutput> {
  const input: FoldTaskInput = {
    dataset,
    fold,
    members: options.members,
    seed: deriveSeed(options.seed, index),
    keepModels: fold.predictFrom === fold.predictTo,
  };
  return await runTask('fold', input);
}

/** The promise, or `run.cancelled` as soon as the run is asked to stop. */
async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => {
      try {
        stopWhenCancelled(signal);
      } catch (error) {
        reject(error as Error);
      }
    };
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
