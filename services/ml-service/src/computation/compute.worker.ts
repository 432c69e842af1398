import type { AuditSelfTest } from '@daytrade/contracts';
import {
  type AuditFindings,
  type AuditOptions,
  auditLeaks,
  auditSelfTest,
  type EnsembleOptions,
  type EnsembleSummary,
  type EvaluationOptions,
  type EvaluationReport,
  evaluateEnsemble,
  type JudgedForecasts,
  productPipeline,
  type RunTask,
  serialiseEnsemble,
  summariseEnsemble,
  trainEnsemble,
} from '@daytrade/ensemble';
import type { WorkerTaskContext } from '@daytrade/jobs';
import type { Panel } from '@daytrade/series';
import { StageThreads } from './stage-threads.ts';

/** What a training needs; it crosses into a worker thread. */
export interface TrainInput {
  readonly panel: Panel;
  readonly options: EnsembleOptions;
  /** Threads that fit members side by side; the result does not depend on it. */
  readonly workers: number;
}

export interface TrainOutput {
  readonly artifact: Uint8Array;
  readonly summary: EnsembleSummary;
  readonly report: EvaluationReport;
  readonly judged: JudgedForecasts;
  readonly seconds: number;
}

export interface EvaluateInput {
  readonly panel: Panel;
  readonly options: EvaluationOptions;
  readonly workers: number;
}

export interface EvaluateOutput {
  readonly report: EvaluationReport;
  readonly judged: JudgedForecasts;
  readonly seconds: number;
}

export interface AuditInput {
  readonly panel: Panel;
  readonly probes: NonNullable<AuditOptions['probes']>;
}

export interface AuditOutput {
  readonly report: AuditFindings;
  readonly seconds: number;
}

/** Trains the ensemble and gives back its file, its out-of-sample judgement and how long it took. */
export async function train({ panel, options, workers }: TrainInput, context: WorkerTaskContext): Promise<TrainOutput> {
  return withFitters(workers, async (runTask) => {
    const started = performance.now();
    const { ensemble, report, judged } = await trainEnsemble(panel, options, runOf(runTask, context));
    return {
      artifact: serialiseEnsemble(ensemble),
      summary: summariseEnsemble(ensemble),
      report,
      judged,
      seconds: secondsSince(started),
    };
  });
}

/** Judges the ensemble walk-forward, out of sample. */
export async function evaluate(
  { panel, options, workers }: EvaluateInput,
  context: WorkerTaskContext,
): Promise<EvaluateOutput> {
  return withFitters(workers, async (runTask) => {
    const started = performance.now();
    const { report, judged } = await evaluateEnsemble(panel, options, runOf(runTask, context));
    return { report, judged, seconds: secondsSince(started) };
  });
}

/** Looks for the future in the pipeline that trains and judges. */
export function audit({ panel, probes }: AuditInput, { progress }: WorkerTaskContext): AuditOutput {
  const started = performance.now();
  const report = auditLeaks(productPipeline(), panel, {
    probes,
    progress: (stage, fraction) => progress({ stage, fraction }),
  });
  return { report, seconds: secondsSince(started) };
}

/** Sees whether the audit catches the leaks that are planted for it. */
export function testAudit(_input: object, { progress }: WorkerTaskContext): AuditSelfTest {
  return auditSelfTest({ progress: (stage, fraction) => progress({ stage, fraction }) });
}

function runOf(runTask: RunTask, context: WorkerTaskContext) {
  return {
    runTask,
    now: () => performance.now(),
    progress: (stage: string, fraction: number, message?: string) =>
      context.progress({ stage, fraction, ...(message === undefined ? {} : { message }) }),
  };
}

async function withFitters<Output>(workers: number, use: (runTask: RunTask) => Promise<Output>): Promise<Output> {
  const threads = new StageThreads(workers);
  try {
    return await use(threads.run);
  } finally {
    await threads.close();
  }
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
