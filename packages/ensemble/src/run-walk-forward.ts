import { once } from 'node:events';
import { deriveSeed, type Panel } from '@daytrade/series';
import { type Dataset, outcomesOf, sharePanel, trainableRows } from './dataset.ts';
import type { EvaluationReport, KnownBeside } from './evaluation/report.ts';
import type { CompiledEnsembleOptions } from './options.ts';
import { cancelled, type EnsembleRun, type JudgementTaskOutput, stopWhenCancelled } from './run-task.ts';
import { emptyPredictions, type Predictions, writePredictions } from './walk-forward/fold-task.ts';
import { type Fold, planFolds, planTimeRange } from './walk-forward/folds.ts';

/** Shares of a whole run after which a stage ends. */
const featuresEnd = 0.04;
const trainingEnd = 0.95;

export interface WalkForwardResult extends Omit<JudgementTaskOutput, 'report'>, Pick<FoldResults, 'finalModels'> {
  readonly report: EvaluationReport;
  readonly features: readonly string[];
  readonly labelledRows: number;
}

/**
 * Features, the folds, then the judgement in time order: what training and evaluation have in common. The features, by
 * far the largest part of a dataset, are let go before the judgement.
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
  const { outcomes, range, featuresDone, predictions, ...trained } = await train(shared, options, run, withFinalModels);
  const trainingDone = run.now();
  stopWhenCancelled(run.signal);
  run.progress('intervals', trainingEnd);
  const judgement = { panel: shared, outcomes, predictions, range, options, horizon: 'next-close', beside } as const;
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
  return { ...trained, report: { ...report, seconds }, ...rest };
}

/** Features, then the folds of the walk-forward; gives what the judgement needs of them. */
async function train(panel: Panel, options: CompiledEnsembleOptions, run: EnsembleRun, withFinalModels: boolean) {
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

/**
 * Fits and predicts every fold as a task of its own, the largest first. The result does not depend on threads or
 * timing: a fold's seed comes from its place, and its rows have places of their own.
 */
async function runFolds(
  dataset: Dataset,
  folds: readonly Fold[],
  options: CompiledEnsembleOptions,
  run: EnsembleRun,
  progress: (fraction: number, message: string) => void,
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
      const { fold, index } = next;
      const output = await run.runTask('fold', {
        dataset,
        fold,
        members: options.members,
        seed: deriveSeed(options.seed, index),
        keepModels: fold.predictFrom === fold.predictTo,
      });
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

/** The promise, or `run.cancelled` as soon as the run is asked to stop. */
async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const ended = new AbortController();
  const asked = once(signal, 'abort', { signal: ended.signal }).then(() => Promise.reject(cancelled()));
  try {
    return await Promise.race([work, asked]);
  } finally {
    ended.abort();
  }
}
