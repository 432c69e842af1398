import { DayTradeError } from '@daytrade/errors';
import type { Panel } from '@daytrade/series';
import type { Dataset } from './dataset.ts';
import type { JudgementReport } from './evaluation/build-report.ts';
import type { Judgement, JudgementInput } from './evaluation/judge.ts';
import type { JudgedForecasts } from './evaluation/judged-table.ts';
import type { FoldTaskInput, FoldTaskOutput } from './walk-forward/fold-task.ts';

export interface JudgementTaskOutput extends Pick<Judgement, 'state' | 'calibration'> {
  readonly report: JudgementReport;
  readonly judged: JudgedForecasts;
}

/** The computations that can run in another thread: what each takes and gives. */
export interface EnsembleTasks {
  readonly features: { readonly input: Panel; readonly output: Dataset };
  readonly fold: { readonly input: FoldTaskInput; readonly output: FoldTaskOutput };
  readonly judgement: { readonly input: JudgementInput; readonly output: JudgementTaskOutput };
}

/**
 * Runs a task somewhere: here, or in a worker thread. Inputs and outputs cross by structured clone; what is large in
 * them lies on SharedArrayBuffers, so it is not copied. The results do not depend on where or in which order tasks run.
 */
export type RunTask = <Name extends keyof EnsembleTasks>(
  name: Name,
  input: EnsembleTasks[Name]['input'],
) => Promise<EnsembleTasks[Name]['output']>;

export type EnsembleStage = 'features' | 'training' | 'intervals';

/** The surroundings of a training or evaluation. */
export interface EnsembleRun {
  readonly runTask: RunTask;
  /** `fraction` is the share of the whole run that is done, 0 to 1, never falling. */
  readonly progress: (stage: EnsembleStage, fraction: number, message?: string) => void;
  readonly signal?: AbortSignal;
  /** A clock in milliseconds, for the seconds of each stage in the report. */
  readonly now: () => number;
}

/** @throws DayTradeError `run.cancelled` when the run was asked to stop */
export function stopWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** Returns the error of a run that was asked to stop. */
export function cancelled(): DayTradeError {
  return new DayTradeError('run.cancelled', 'the run was cancelled before it was done');
}
