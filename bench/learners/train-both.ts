import { join } from 'node:path';
import { startNode, startPython } from '../harness/child.ts';
import { interleave, type Rounds } from '../harness/interleave.ts';
import type { EqualSettings } from './equal-settings.ts';
import type { TrainingFiles } from './simulated-files.ts';
import type { FitResult, FitTask } from './tasks.ts';

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
