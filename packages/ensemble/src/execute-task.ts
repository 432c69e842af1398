import { buildDataset } from './dataset.ts';
import { buildReport } from './evaluation/build-report.ts';
import { type JudgementInput, judgePredictions } from './evaluation/judge.ts';
import type { OwnMembers } from './members/own-member.ts';
import type { EnsembleTasks, JudgementTaskOutput, RunTask } from './run-task.ts';
import { runFold } from './walk-forward/fold-task.ts';

/** The computation of each task, in the calling thread. A worker thread's whole duty: post back what this returns. */
export const ensembleTasks: {
  readonly [Name in keyof EnsembleTasks]: (
    input: EnsembleTasks[Name]['input'],
    own?: OwnMembers,
  ) => EnsembleTasks[Name]['output'];
} = { features: buildDataset, fold: runFold, judgement: judgementTask };

/** Runs every task in the calling thread, one a turn of the event loop. */
export const inlineTasks: RunTask = async (name, input) => {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  return ensembleTasks[name](input);
};

function judgementTask(input: JudgementInput): JudgementTaskOutput {
  const judgement = judgePredictions(input);
  const { judged, state, calibration } = judgement;
  return { report: buildReport(input, judgement), judged, state, calibration };
}
