import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DayTradeError, reviveError } from '@daytrade/errors';
import type { TaskMessage, WorkerMessage, WorkerRunOptions, WorkerStart, WorkerTask } from './worker-task.ts';

export type { TasksOf, WorkerRunOptions, WorkerTaskContext } from './worker-task.ts';

export interface WorkerPoolOptions {
  /** Maximum of worker threads; each is started on demand. */
  readonly size: number;
  /** Module with the functions of the workers; each takes its input and a `WorkerTaskContext`. */
  readonly module: URL;
  /**
   * Megabytes of a thread's young generation; default 48. A thread that works little needs less memory with 8; a long
   * computation is slower with it.
   */
  readonly youngMegabytes?: number;
}

interface PoolTask {
  readonly message: TaskMessage;
  readonly options: WorkerRunOptions;
  readonly end: PromiseWithResolvers<unknown>;
}

/**
 * Worker threads that run the exported functions of one module, so that no computation blocks an event loop. They keep
 * the process alive only during a task.
 */
export class WorkerPool<Tasks extends { readonly [Name in keyof Tasks]: WorkerTask }> {
  readonly #options: WorkerPoolOptions;
  readonly #pending: PoolTask[] = [];
  readonly #idle = new Set<Worker>();
  readonly #busy = new Map<Worker, PoolTask>();
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /**
   * Runs an exported function of the module in the next free worker.
   *
   * @param input is copied by structured clone, like the result
   * @throws DayTradeError the error of the function (`internal.bug` for any other error and for a crash); the reason of
   *   an aborted signal; `service.unavailable` after closing
   */
  async run<Name extends keyof Tasks & string>(
    functionName: Name,
    input: Tasks[Name]['input'],
    options: WorkerRunOptions = {},
  ): Promise<Tasks[Name]['output']> {
    if (this.#closed) throw closed();
    options.signal?.throwIfAborted();
    const task: PoolTask = { message: { functionName, input }, options, end: Promise.withResolvers() };
    const abort = () => this.#abandon(task, options.signal?.reason);
    options.signal?.addEventListener('abort', abort, { once: true });
    this.#pending.push(task);
    this.#dispatch();
    try {
      return await task.end.promise;
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends all threads; running and pending tasks are rejected with `service.unavailable`. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { end } of [...this.#pending.splice(0), ...this.#busy.values()]) end.reject(closed());
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  /** Rejects a task and ends the thread that runs it, also during a computation. */
  #abandon(task: PoolTask, reason: unknown): void {
    task.end.reject(reason);
    const place = this.#pending.indexOf(task);
    if (place !== -1) this.#pending.splice(place, 1);
    for (const [worker, running] of this.#busy) if (running === task) this.#lose(worker, 'was ended');
  }

  #dispatch(): void {
    while (this.#pending.length > 0 && this.#busy.size < this.#options.size) {
      const task = this.#pending.shift()!;
      const [worker = this.#start()] = this.#idle;
      this.#idle.delete(worker);
      this.#busy.set(worker, task);
      worker.ref();
      try {
        worker.postMessage(task.message, task.options.transfer ?? []);
      } catch (error) {
        task.end.reject(error);
        this.#rest(worker);
      }
    }
  }

  #start(): Worker {
    const { module, youngMegabytes } = this.#options;
    const start: WorkerStart = { moduleUrl: module.href, compileCache: compileCacheFolder() };
    // Threads refuse some flags of the process, such as --input-type.
    const resourceLimits = youngMegabytes === undefined ? {} : { maxYoungGenerationSizeMb: youngMegabytes };
    const options = { workerData: start, execArgv: [], resourceLimits };
    const worker = new Worker(new URL('./worker-entry.ts', import.meta.url), options);
    const crashed = (error: unknown) =>
      this.#lose(worker, `crashed: ${error instanceof Error ? error.message : String(error)}`, error);
    worker.on('message', (message: WorkerMessage) => this.#receive(worker, message));
    worker.on('messageerror', crashed);
    worker.on('error', crashed);
    worker.on('exit', (exitCode) => this.#lose(worker, `ended with exit code ${exitCode}`));
    return worker;
  }

  #receive(worker: Worker, message: WorkerMessage): void {
    const task = this.#busy.get(worker);
    if (task === undefined) return;
    if (message.type === 'progress') {
      task.options.onProgress?.(message.progress);
      return;
    }
    if (message.type === 'result') task.end.resolve(message.result);
    else task.end.reject(reviveError(message.error));
    this.#rest(worker);
    this.#dispatch();
  }

  #rest(worker: Worker): void {
    this.#busy.delete(worker);
    this.#idle.add(worker);
    worker.unref();
  }

  #lose(worker: Worker, how: string, cause?: unknown): void {
    const task = this.#busy.get(worker);
    const message = `the worker thread that ran ${task?.message.functionName} ${how}`;
    task?.end.reject(new DayTradeError('internal.bug', message, { cause }));
    this.#busy.delete(worker);
    this.#idle.delete(worker);
    void worker.terminate();
    this.#dispatch();
  }
}

function closed(): DayTradeError {
  return new DayTradeError('service.unavailable', 'the worker threads are closed');
}

/** Returns the root of this process's compile cache; Node.js reports the part of its own version. */
function compileCacheFolder(): string | undefined {
  const part = getCompileCacheDir();
  return part === undefined ? undefined : dirname(part);
}
