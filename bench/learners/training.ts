import { join } from 'node:path';
import type { TreeOptions } from '@daytrade/learners';
import { startNode, startPython } from '../harness/child.ts';
import { interleave, type Rounds } from '../harness/interleave.ts';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import { mean, median, range } from '../harness/statistics.ts';
import type { RowsFile } from './rows-file.ts';
import type { EqualSettings } from './settings.ts';
import type { TrainingFiles } from './simulate-rows.ts';

/** The libraries that trees are compared with. */
export type PeerLibrary = 'lightgbm' | 'catboost' | 'scikit-learn';

/** What the peer gets beside the task: the same settings under its own names. */
export interface PeerSettings {
  readonly library: PeerLibrary;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
}

/** Train on rows, then judge on others. */
export interface FitTask {
  readonly kind: 'fit';
  readonly rows: RowsFile;
  readonly holdout: RowsFile;
  readonly options: TreeOptions;
  /** Where the model is kept, when it is used again. */
  readonly model?: string;
}

/**
 * CPU seconds of binning and training; peak memory of the process up to the end of the training; error on the holdout
 * rows.
 */
export interface FitResult {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly rmse: number;
}

/** Predict many rows with one call. */
export interface BatchTask {
  readonly kind: 'batch';
  readonly model: string;
  readonly holdout: RowsFile;
  readonly repeats: number;
}

/** Rows a CPU second, of the fastest repeat. */
export interface BatchResult {
  readonly rowsPerSecond: number;
}

export type LearnerTask = FitTask | BatchTask;

/** The program that performs our side of a task. */
export const oursProgram = join(import.meta.dirname, 'ours.ts');

/** The program, in the folder of the Python programs, that performs the peer's. */
export const peerProgram = 'learners.py';

/** Where both sides keep the model that the comparisons of prediction use. */
export interface KeptModels {
  readonly ours: string;
  readonly peer: string;
}

/** One round of a comparison of training. */
export interface TrainingRound extends TrainingFiles {
  readonly settings: EqualSettings;
  readonly keep?: KeptModels;
}

/** Trains on both sides, round after round. */
export function trainBoth(python: string, rounds: readonly TrainingRound[]): Promise<Rounds<FitResult>> {
  return interleave<FitResult>(
    rounds.length,
    (round) => {
      const { settings, rows, holdout, keep } = rounds[round]!;
      const task: FitTask = { kind: 'fit', rows, holdout, options: settings.options };
      return startNode(oursProgram, keep === undefined ? task : { ...task, model: keep.ours });
    },
    (round) => {
      const { settings, rows, holdout, keep } = rounds[round]!;
      const task = { kind: 'fit', rows, holdout, peer: settings.peer };
      return startPython(python, peerProgram, keep === undefined ? task : { ...task, model: keep.peer });
    },
  );
}

/** Paths of the models of the fit on the smaller rows. */
export function keptModels(cache: string): KeptModels {
  return { ours: join(cache, 'leaf-wise.model'), peer: join(cache, 'lightgbm.txt') };
}

/** What a comparison of training is called and held against. */
export interface TrainingFigure {
  readonly name: string;
  readonly peerName: string;
  readonly rounds: Rounds<FitResult>;
  readonly bar?: Bar;
}

/** Ratio of the fastest runs. */
export function compareTime(figure: TrainingFigure): Comparison {
  const [ours, peer] = bothSides(figure.rounds, (runs) => Math.min(...runs.map((run) => run.cpuSeconds)));
  return compare({
    ...named(figure, 'CPU s', ours, peer),
    figure: ours / peer,
    kind: 'ratio',
    note: `binning included; fastest of ${figure.rounds.ours.length} runs each`,
  });
}

/** Difference of the mean errors in percent of the peer's. */
export function compareError(figure: TrainingFigure): Comparison {
  const { rounds } = figure;
  const [ours, peer] = bothSides(rounds, (runs) => mean(runs.map((run) => run.rmse)));
  const differences = rounds.ours.map((run, round) => 100 * (run.rmse / rounds.peer[round]!.rmse - 1));
  return compare({
    ...named(figure, 'RMSE', ours, peer),
    figure: 100 * (ours / peer - 1),
    kind: 'percent',
    note: `by seed ${differences.map(signed).join(', ')} %, spread ${range(differences).toFixed(2)}`,
  });
}

/** Ratio of the peak memory of the middle runs. */
export function compareMemory(figure: TrainingFigure): Comparison {
  const [ours, peer] = bothSides(figure.rounds, (runs) => median(runs.map((run) => run.peakMegabytes)));
  return compare({
    ...named(figure, 'MB', ours, peer),
    figure: ours / peer,
    kind: 'ratio',
    note: `whole process, with the features as 32-bit floats; middle one of ${figure.rounds.ours.length} runs`,
  });
}

function named({ name, peerName, bar }: TrainingFigure, unit: string, ours: number, peer: number) {
  return { name, unit, ours, peer: { name: peerName, value: peer }, ...(bar === undefined ? {} : { bar }) };
}

function bothSides(
  { ours, peer }: Rounds<FitResult>,
  summary: (runs: readonly FitResult[]) => number,
): readonly [number, number] {
  return [summary(ours), summary(peer)];
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
}
