import { type EnsembleTasks, panelHash, sharePanel } from '@daytrade/ensemble';
import { type TasksOf, WorkerPool, type WorkerRunOptions } from '@daytrade/jobs/workers';
import type { Panel } from '@daytrade/series';
import type { InDayInput } from '../computation/fit.worker.ts';

type FitTasks = TasksOf<typeof import('../computation/fit.worker.ts')>;

/** The bars of one training, read once for all its parts in this process. */
export interface PartData {
  /** As {@link panelHash}. */
  readonly hash: string;
  readonly panel: Panel;
  readonly synthetic: boolean;
}

interface Held {
  readonly data: Promise<PartData>;
  dataset?: Promise<EnsembleTasks['features']['output']> | undefined;
}

/** How long threads and bars are kept without a part: the next one of the same training comes sooner. */
const keptMs = 20_000;

/**
 * The threads of this process that compute parts, and the bars and features of the training that they are of, which all
 * of them share. Both go when no part has come for a while.
 */
export class PartWork {
  readonly #size: number;
  #threads: WorkerPool<FitTasks> | undefined;
  #held: (Held & { readonly hash: string }) | undefined;
  #users = 0;
  #end: NodeJS.Timeout | undefined;

  /** @param size parts that are computed at a time */
  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Keeps bars and threads while something is computed from them.
   *
   * @param hash of the bars, as {@link panelHash}; those that `read` gives may be others, which is for `compute` to see
   * @param read reads them, where this process does not have them
   */
  async use<Result>(
    hash: string,
    read: () => Promise<Omit<PartData, 'hash'>>,
    compute: (held: PartComputations) => Promise<Result>,
  ): Promise<Result> {
    clearTimeout(this.#end);
    this.#users += 1;
    try {
      if (this.#held?.hash !== hash) this.#held = { hash, data: read().then(shared) };
      const held = this.#held;
      const data = await this.#dataOf(held);
      return await compute(new PartComputations(data, held, (...task) => this.#run(...task)));
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#end = setTimeout(() => void this.close(), keptMs).unref();
    }
  }

  /** What cannot be read, or is not what was asked for, is read again by the next. */
  async #dataOf(held: Held & { readonly hash: string }): Promise<PartData> {
    const data = await held.data.catch(() => undefined);
    if (data?.hash !== held.hash && this.#held === held) this.#held = undefined;
    return data ?? (await held.data);
  }

  /** Ends the threads and lets the bars go. */
  async close(): Promise<void> {
    clearTimeout(this.#end);
    const threads = this.#threads;
    [this.#threads, this.#held] = [undefined, undefined];
    await threads?.close();
  }

  #run<Name extends keyof FitTasks>(
    name: Name,
    input: FitTasks[Name]['input'],
    options?: WorkerRunOptions,
  ): Promise<FitTasks[Name]['output']> {
    const module = new URL('../computation/fit.worker.ts', import.meta.url);
    this.#threads ??= new WorkerPool<FitTasks>({ size: this.#size, module });
    return this.#threads.run(name, input, options);
  }
}

type RunFit = <Name extends keyof FitTasks>(
  name: Name,
  input: FitTasks[Name]['input'],
  options?: WorkerRunOptions,
) => Promise<FitTasks[Name]['output']>;

/** What can be computed from the bars that are held. */
export class PartComputations {
  readonly data: PartData;
  readonly #held: Held;
  readonly #run: RunFit;

  constructor(data: PartData, held: Held, run: RunFit) {
    this.data = data;
    this.#held = held;
    this.#run = run;
  }

  /** The features of the bars, once for all parts; where that failed, as with its thread, the next computes them. */
  features(): Promise<EnsembleTasks['features']['output']> {
    const held = this.#held;
    held.dataset ??= this.#run('features', this.data.panel).catch((error: unknown) => {
      held.dataset = undefined;
      throw error;
    });
    return held.dataset;
  }

  /** Its thread ends with the signal, as those of the others below. */
  async fold(
    input: Omit<EnsembleTasks['fold']['input'], 'dataset'>,
    options: WorkerRunOptions,
  ): Promise<EnsembleTasks['fold']['output']> {
    return await this.#run('fold', { ...input, dataset: await this.features() }, options);
  }

  withinDay(input: Omit<InDayInput, 'panel'>, options: WorkerRunOptions): Promise<FitTasks['withinDay']['output']> {
    return this.#run('withinDay', { ...input, panel: this.data.panel }, options);
  }

  judgement(
    input: EnsembleTasks['judgement']['input'],
    options: WorkerRunOptions,
  ): Promise<EnsembleTasks['judgement']['output']> {
    return this.#run('judgement', input, options);
  }
}

function shared({ panel, synthetic }: Omit<PartData, 'hash'>): PartData {
  return { panel: sharePanel(panel), synthetic, hash: panelHash(panel) };
}
