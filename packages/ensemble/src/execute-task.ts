import type { Panel } from '@daytrade/series';
import { buildReport, type JudgementReport } from './evaluation/build-report.ts';
import { type Judgement, type JudgementInput, judgePredictions } from './evaluation/judge.ts';
import type { JudgedForecast } from './evaluation/report.ts';
import type { RunTask, TaskName } from './run-task.ts';
import { buildDataset } from './walk-forward/dataset.ts';
import { type FoldTaskInput, runFold } from './walk-forward/fold-task.ts';

/** What the task `judgement` gives. */
export interface JudgementTaskOutput extends Pick<Judgement, 'state' | 'calibration'> {
  readonly report: JudgementReport;
  readonly judged: readonly JudgedForecast[];
}

/**
 * Computes one task in the thread that calls it. A worker thread's whole duty: post back what this returns.
 *
 * @param input what {@link RunTask} was called with, before or after a structured clone
 */
export function executeTask(name: TaskName, input: unknown): unknown {
  switch (name) {
    case 'features':
      return buildDataset(input as Panel);
    case 'fold':
      return runFold(input as FoldTaskInput);
    case 'judgement':
      return judgementTask(input as JudgementInput);
  }
}

/** Runs every task in the calling thread, one a turn of the event loop. */
export const inlineTasks: RunTask = async (name, input) => {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  return executeTask(name, input);
};

function judgementTask(input: JudgementInput): JudgementTaskOutput {
  const judgement = judgePredictions(input);
  const { judged, state, calibration } = judgement;
  return { report: buildReport(input, judgement), judged, state, calibration };
}
