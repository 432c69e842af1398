import {
  type EnsembleTasks,
  panelHash,
  type RunTask,
  serialiseEnsemble,
  summariseEnsemble,
  trainEnsemble,
  type trainInDay,
} from '@daytrade/ensemble';
import { asDayTradeError } from '@daytrade/errors';
import type { JobQueue, Run } from '@daytrade/jobs';
import type { WorkerRunOptions } from '@daytrade/jobs/workers';
import type { TrainInput, TrainOutput } from '../computation/compute.worker.ts';
import type { AskedUniverse } from '../members-by-date.ts';
import { HandOut } from './hand-out.ts';
import type { PartStore } from './part-store.ts';
import { type PartTask, withinDayHash } from './part-task.ts';
import type { PartComputations, PartWork } from './part-work.ts';

export interface TrainInPartsOptions {
  readonly work: PartWork;
  readonly store: PartStore;
  readonly queue: Pick<JobQueue, 'enqueue' | 'finished' | 'cancel'>;
  /** The run of the training. */
  readonly run: Run;
  readonly synthetic: boolean;
  /** The symbols that were asked for; undefined: all. */
  readonly symbols: readonly string[] | undefined;
  /** The set of which only members count. */
  readonly asked: AskedUniverse;
  readonly input: Omit<TrainInput, 'workers'>;
}

/**
 * Trains as the thread of a training does, to the same bytes, but hands out the folds, the final members and the
 * forecasts within the day to all workers of the installation. The judgement in time order stays here. This process
 * takes part with the others.
 */
export async function trainInParts(options: TrainInPartsOptions, surroundings: WorkerRunOptions): Promise<TrainOutput> {
  const { work, input, synthetic } = options;
  const read = async () => ({ panel: input.panel, synthetic });
  return await work.use(panelHash(input.panel), read, async (held) => await train(options, held, surroundings));
}

async function train(
  { store, queue, run, symbols, asked, input }: TrainInPartsOptions,
  held: PartComputations,
  { signal, onProgress }: WorkerRunOptions,
): Promise<TrainOutput> {
  const started = performance.now();
  const stop = signal === undefined ? {} : { signal };
  const { path, overnight, vix, announced, options } = input;
  const hands = new HandOut({
    queue,
    store,
    run,
    computeHere: (task) => computePart(held, task, { path, overnight, vix, ...stop }),
  });
  const { universe, formerMembers } = asked;
  const common = { symbols, universe, formerMembers, panelHash: held.data.hash };
  const tasks: { readonly [Name in keyof EnsembleTasks]: (input: EnsembleTasks[Name]['input']) => Output<Name> } = {
    features: () => held.features(),
    // Whoever computes it makes the dataset from the bars.
    fold: async ({ fold, members, seed, keepModels }) =>
      (await hands.compute({ kind: 'fold', ...common, fold, members, seed, keepModels })) as FoldOutput,
    judgement: (judged) => held.judgement(judged, stop),
  };
  const runTask: RunTask = (name, taskInput) => tasks[name](taskInput);
  const progress = (stage: string, fraction: number, message?: string) =>
    onProgress?.({ stage, fraction, ...(message === undefined ? {} : { message }) });
  try {
    // First of all: it takes longest, and needs nothing of the others.
    const inDay = hands.compute({
      kind: 'within-day',
      ...common,
      options,
      withinDayHash: withinDayHash({ path, overnight, vix }),
    }) as Promise<WithinDayOutput>;
    inDay.catch(() => undefined);
    const surroundings = { runTask, progress, now: () => performance.now(), ...stop };
    const { ensemble, report, judged } = await trainEnsemble(held.data.panel, options, surroundings, {
      overnight,
      vix,
      announced,
    });
    progress('within the day', 1);
    return {
      artifact: serialiseEnsemble({ ...ensemble, inDay: await inDay }),
      summary: summariseEnsemble(ensemble),
      report,
      judged,
      seconds: (performance.now() - started) / 1000,
    };
  } catch (error) {
    // Parts of a run that another process takes up go on.
    const over = asDayTradeError(signal?.reason).code;
    if (signal?.aborted !== true || over === 'run.cancelled' || over === 'run.timed-out') await hands.cancel();
    throw error;
  }
}

type WithinDayOutput = ReturnType<typeof trainInDay>;
type FoldOutput = EnsembleTasks['fold']['output'];
type Output<Name extends keyof EnsembleTasks> = Promise<EnsembleTasks[Name]['output']>;

/** Computes a part from the bars that are held. */
export async function computePart(
  held: PartComputations,
  task: PartTask,
  { signal, ...within }: Pick<TrainInput, 'path' | 'overnight' | 'vix'> & Pick<WorkerRunOptions, 'signal'>,
): Promise<unknown> {
  const stop = signal === undefined ? {} : { signal };
  if (task.kind === 'within-day') return await held.withinDay({ ...within, options: task.options }, stop);
  const { fold, members, seed, keepModels } = task;
  return await held.fold({ fold, members, seed, keepModels }, stop);
}
