import type { EnsembleTasks, RunTask } from '@daytrade/ensemble';
import { WorkerPool } from '@daytrade/jobs/workers';

/**
 * The threads below a training or an evaluation. Its stages follow one another, and each has threads of its own, which
 * end when the next begins: what a thread took for features or trees it gives back only when it ends, and the intervals
 * are judged without it.
 */
export class StageThreads {
  readonly #size: number;
  #stage: keyof EnsembleTasks | undefined;
  #pool: WorkerPool<EnsembleTasks> | undefined;
  /** The end of the threads of the stages before. */
  #ended: Promise<void> = Promise.resolve();

  /** @param size threads of a stage at most */
  constructor(size: number) {
    this.#size = size;
  }

  readonly run: RunTask = async (name, input) => {
    const pool = this.#enter(name);
    await this.#ended;
    return pool.run(name, input);
  };

  async close(): Promise<void> {
    await this.#pool?.close();
    await this.#ended;
  }

  #enter(stage: keyof EnsembleTasks): WorkerPool<EnsembleTasks> {
    if (this.#pool !== undefined && this.#stage === stage) return this.#pool;
    const before = this.#pool;
    this.#ended = Promise.all([this.#ended, before?.close()]).then(() => undefined);
    this.#stage = stage;
    this.#pool = new WorkerPool({ size: this.#size, module: new URL('./fit.worker.ts', import.meta.url) });
    return this.#pool;
  }
}
