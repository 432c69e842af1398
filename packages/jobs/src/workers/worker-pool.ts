import { DayTradeError } from '@daytrade/errors';
import { PoolWorker } from './pool-worker.ts';
import type { WorkerRunOptions, WorkerTask } from './worker-task.ts';

export interface WorkerPoolOptions {
  /** Worker threads at most; each is started when it is first needed. */
  readonly size: number;
  /** The module whose exported functions the workers run; each takes its input and a `WorkerTaskContext`. */
  readonly module: URL;
  /**
   * Megabytes of a thread's heap for what was just made; default: the engine's 48. A thread that lives as long as the
   * process and works little keeps less memory with 8; a long computation is slower with it.
   */
  readonly youngMegabytes?: number;
}

interface PendingTask {
  readonly functionName: string;
  readonly input: unknown;
  readonly options: WorkerRunOptions;
  readonly end: PromiseWithResolvers<unknown>;
}

/**
 * Worker threads that run the exported functions of one module, so that no computation holds up an event loop.
 *
 * @example
 * type Tasks = TasksOf<typeof import('./tasks.ts')>;
 * const pool = new WorkerPool<Tasks>({ size: 2, module: new URL('./tasks.ts', import.meta.url) });
 * const sum = await pool.run('sum', { values }, { signal, onProgress: (progress) => report(progress) });
 * await pool.close();
 */
export class WorkerPool<Tasks extends { readonly [Name in keyof Tasks]: WorkerTask }> {
  readonly #size: number;
  readonly #module: URL;
  readonly #youngMegabytes: number | undefined;
  readonly #pending: PendingTask[] = [];
  readonly #idle: PoolWorker[] = [];
  readonly #busy = new Set<PoolWorker>();
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#size = options.size;
    this.#module = options.module;
    this.#youngMegabytes = options.youngMegabytes;
  }

  /**
   * Runs an exported function of the module in a worker, as soon as one is free.
   *
   * @param input crosses by structured clone, as does the result
   * @returns what the function gives back
   * @throws DayTradeError what the function threw (`internal.bug` for any other error, and when the thread crashed);
   * the reason of the signal when it is aborted; `service.unavailable` when the pool is closed
   */
  async run<Name extends keyof Tasks & string>(
    functionName: Name,
    input: Tasks[Name]['input'],
    options: WorkerRunOptions = {},
  ): Promise<Tasks[Name]['output']> {
    if (this.#closed) throw closed();
    options.signal?.throwIfAborted();
    const task: PendingTask = { functionName, input, options, end: Promise.withResolvers() };
    const abort = () => this.#withdraw(task, options.signal?.reason);
    options.signal?.addEventListener('abort', abort, { once: true });
    this.#pending.push(task);
    this.#dispatch();
    try {
      return await task.end.promise;
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends all worker threads; what still runs or waits is rejected with `service.unavailable`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#pending.splice(0)) task.end.reject(closed());
    const workers = [...this.#idle.splice(0), ...this.#busy];
    await Promise.all(workers.map((worker) => worker.terminate(closed())));
  }

  /** Takes a task that no worker has begun out of the row. */
  #withdraw(task: PendingTask, reason: unknown): void {
    const place = this.#pending.indexOf(task);
    if (place === -1) return;
    this.#pending.splice(place, 1);
    task.end.reject(reason);
  }

  #dispatch(): void {
    while (this.#pending.length > 0) {
      const worker = this.#freeWorker();
      if (worker === undefined) return;
      void this.#runOn(worker, this.#pending.shift()!);
    }
  }

  #freeWorker(): PoolWorker | undefined {
    for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) {
      if (worker.alive) return worker;
    }
    return this.#busy.size < this.#size ? new PoolWorker(this.#module, this.#youngMegabytes) : undefined;
  }

  async #runOn(worker: PoolWorker, task: PendingTask): Promise<void> {
    this.#busy.add(worker);
    try {
      task.end.resolve(await worker.run({ functionName: task.functionName, input: task.input }, task.options));
    } catch (error) {
      task.end.reject(error);
    } finally {
      this.#busy.delete(worker);
      if (worker.alive && !this.#closed) this.#idle.push(worker);
      this.#dispatch();
    }
  }
}

function closed(): DayTradeError {
  return new DayTradeError('service.unavailable', 'the worker threads are closed');
}
