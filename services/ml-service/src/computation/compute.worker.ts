import {
  type AuditFindings,
  type AuditOptions,
  auditLeaks,
  auditWithinDay,
  type EnsembleOptions,
  type EnsembleSummary,
  type EvaluationOptions,
  type EvaluationReport,
  evaluateEnsemble,
  evaluateInDay,
  type InDayBars,
  type JudgedForecasts,
  productPipeline,
  type RunTask,
  serialiseEnsemble,
  summariseEnsemble,
  trainEnsemble,
  trainInDay,
  type WithinDayBars,
} from '@daytrade/ensemble';
import { type TasksOf, WorkerPool, type WorkerTaskContext } from '@daytrade/jobs/workers';
import type { Horizon } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import { type BacktestInput, type BacktestReport, runBacktest, type SimulateSetsInput } from '@daytrade/trading';
import { type OwnParts, withOwnColumns, withOwnMembers } from '../own/own-models.ts';
import { StageThreads } from './stage-threads.ts';

/** Input of a training; it crosses into a worker thread. */
export interface TrainInput extends InDayBars {
  readonly options: EnsembleOptions;
  readonly own: OwnParts;
  /** Threads that fit members in parallel; they do not change the result. */
  readonly workers: number;
}

export interface TrainOutput {
  readonly artifact: Uint8Array;
  readonly summary: EnsembleSummary;
  readonly report: EvaluationReport;
  readonly judged: JudgedForecasts;
  readonly seconds: number;
}

export interface EvaluateInput extends InDayBars {
  readonly horizon: Horizon;
  readonly options: EvaluationOptions;
  readonly own: OwnParts;
  readonly workers: number;
}

export interface EvaluateOutput {
  readonly report: EvaluationReport;
  readonly judged: JudgedForecasts;
  readonly seconds: number;
}

export interface AuditInput extends WithinDayBars {
  readonly probes: NonNullable<AuditOptions['probes']>;
}

export interface AuditOutput {
  readonly report: AuditFindings;
  readonly seconds: number;
}

/** Measured share of the ensemble in the time of a training; the models within the day take the rest. */
const ensembleShare = 0.6;

/** Trains the ensemble; returns its file, its out-of-sample judgement and the seconds it took. */
export async function train(
  { options, own, workers, ...bars }: TrainInput,
  context: WorkerTaskContext,
): Promise<TrainOutput> {
  const started = performance.now();
  const { panel, members } = withOwnParts(bars.panel, own, context);
  const { ensemble, report, judged } = await withFitters(workers, (runTask) =>
    trainEnsemble(panel, { ...options, ...members }, runOf(runTask, context, ensembleShare), bars),
  );
  // The threads have ended by now and given their memory back.
  const inDay = trainInDay({ ...bars, announced: undefined }, options, (done, message) =>
    context.progress({ stage: 'within the day', fraction: ensembleShare + (1 - ensembleShare) * done, message }),
  );
  return {
    artifact: serialiseEnsemble({ ...ensemble, ...(own.features.length > 0 && { own: own.features }), inDay }),
    summary: summariseEnsemble(ensemble),
    report,
    judged,
    seconds: secondsSince(started),
  };
}

/** Judges the forecasts of a horizon walk-forward, out of sample. */
export async function evaluate(
  { horizon, options, own, workers, ...bars }: EvaluateInput,
  context: WorkerTaskContext,
): Promise<EvaluateOutput> {
  if (horizon !== 'next-close') {
    context.progress({ stage: 'training', fraction: 0, message: horizon });
    const { report, judged } = evaluateInDay(bars, horizon, options, () => performance.now());
    return { report, judged, seconds: report.seconds.total };
  }
  return withFitters(workers, async (runTask) => {
    const started = performance.now();
    const { panel, members } = withOwnParts(bars.panel, own, context);
    const { report, judged } = await evaluateEnsemble(panel, { ...options, ...members }, runOf(runTask, context), bars);
    return { report, judged, seconds: secondsSince(started) };
  });
}

/** Computes and audits features in files of the user's, and adds their members. */
function withOwnParts(panel: Panel, own: OwnParts, { progress }: WorkerTaskContext) {
  if (own.features.length > 0) progress({ stage: 'own features', fraction: 0 });
  return { panel: withOwnColumns(panel, own.features, true), members: withOwnMembers(own) };
}

/** Audits the pipeline of training and judgement for leaks. */
export function audit({ probes, ...bars }: AuditInput, { progress }: WorkerTaskContext): AuditOutput {
  const started = performance.now();
  const findings = auditLeaks(productPipeline(), bars.panel, {
    probes,
    progress: (stage, fraction) => progress({ stage, fraction }),
  });
  progress({ stage: 'within the day', fraction: 0.95 });
  return { report: auditWithinDay(findings, bars), seconds: secondsSince(started) };
}

function runOf(runTask: RunTask, context: WorkerTaskContext, share = 1) {
  return {
    runTask,
    now: () => performance.now(),
    progress: (stage: string, fraction: number, message?: string) =>
      context.progress({ stage, fraction: fraction * share, ...(message === undefined ? {} : { message }) }),
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

/** Input of a backtest; `workers` threads simulate parameter sets in parallel and do not change the result. */
export interface BacktestTaskInput extends BacktestInput {
  readonly workers: number;
}

/** Audits a strategy, chooses its parameters and judges it. */
export async function backtest(
  { workers, ...input }: BacktestTaskInput,
  { progress }: WorkerTaskContext,
): Promise<BacktestReport> {
  const module = new URL('./simulate.worker.ts', import.meta.url);
  const pool = new WorkerPool<TasksOf<typeof import('./simulate.worker.ts')>>({ size: workers, module });
  let done = 0;
  const runSets = async (sets: SimulateSetsInput) => {
    const parts = await Promise.all(
      sets.sets.map(async (parameters) => {
        const [returns] = await pool.run('simulateSets', { ...sets, sets: [parameters] });
        done += 1;
        progress({ stage: 'trying parameters', fraction: (0.9 * done) / sets.sets.length });
        return returns!;
      }),
    );
    progress({ stage: 'judging', fraction: 0.92 });
    return parts;
  };
  try {
    return await runBacktest(input, runSets);
  } finally {
    await pool.close();
  }
}
