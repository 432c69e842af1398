import type { EnsembleTasks, RunTask } from '@daytrade/ensemble';
import { WorkerPool } from '@daytrade/jobs/workers';

/**
 * Threads of a training or an evaluation. Each stage has threads of its own, which end when the next stage begins: a
 * thread gives the memory of features and trees back only when it ends.
 */
export class StageThreads {
  readonly #size: number;
  #stage: keyof EnsembleTasks | undefined;
  #pool: WorkerPool<EnsembleTasks> | undefined;
  /** Resolves when the threads of earlier stages have ended. */
  #ended: Promise<void> = Promise.resolve();

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
