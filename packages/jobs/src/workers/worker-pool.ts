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

interface PendingTask {
  readonly functionName: string;
  readonly input: unknown;
  readonly options: WorkerRunOptions;
  readonly end: PromiseWithResolvers<unknown>;
}

/** Worker threads that run the exported functions of one module, so that no computation blocks an event loop. */
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
    const task: PendingTask = { functionName, input, options, end: Promise.withResolvers() };
    const abort = () => {
      const place = this.#pending.indexOf(task);
      if (place !== -1) this.#pending.splice(place, 1)[0]!.end.reject(options.signal?.reason);
    };
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
    for (const task of this.#pending.splice(0)) task.end.reject(closed());
    const workers = [...this.#idle.splice(0), ...this.#busy];
    await Promise.all(workers.map((worker) => worker.terminate(closed())));
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

interface RunningTask {
  readonly functionName: string;
  readonly onProgress: WorkerRunOptions['onProgress'];
  readonly end: PromiseWithResolvers<unknown>;
}

/** One worker thread. It keeps the process alive only during a task. */
export class PoolWorker {
  readonly #worker: Worker;
  #task: RunningTask | undefined;
  #dead = false;

  /** @param youngMegabytes see `WorkerPoolOptions` */
  constructor(module: URL, youngMegabytes?: number) {
    const start: WorkerStart = { moduleUrl: module.href, compileCache: compileCacheFolder() };
    // Threads refuse some flags of the process, such as --input-type.
    const resourceLimits = youngMegabytes === undefined ? {} : { maxYoungGenerationSizeMb: youngMegabytes };
    const options = { workerData: start, execArgv: [], resourceLimits };
    this.#worker = new Worker(new URL('./worker-entry.ts', import.meta.url), options);
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    const crashed = (error: unknown) =>
      this.#die(`crashed: ${error instanceof Error ? error.message : String(error)}`, error);
    this.#worker.on('messageerror', crashed);
    this.#worker.on('error', crashed);
    this.#worker.on('exit', (exitCode) => this.#die(`ended with exit code ${exitCode}`));
  }

  /** False after a crash or a termination. */
  get alive(): boolean {
    return !this.#dead;
  }

  /** Runs a task; rejects with the error of its function, or with one that describes the end of the thread. */
  async run(message: TaskMessage, options: WorkerRunOptions): Promise<unknown> {
    const { functionName } = message;
    const task: RunningTask = { functionName, onProgress: options.onProgress, end: Promise.withResolvers() };
    this.#task = task;
    this.#worker.ref();
    const abort = () => void this.terminate(options.signal?.reason);
    options.signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#worker.postMessage(message, options.transfer ?? []);
      return await task.end.promise;
    } finally {
      options.signal?.removeEventListener('abort', abort);
      this.#task = undefined;
      this.#worker.unref();
    }
  }

  /** Ends the thread, also during a computation; its task rejects with the reason. */
  async terminate(reason: unknown): Promise<void> {
    this.#dead = true;
    this.#task?.end.reject(reason);
    await this.#worker.terminate();
  }

  #receive(message: WorkerMessage): void {
    const task = this.#task;
    if (task === undefined) return;
    if (message.type === 'progress') task.onProgress?.(message.progress);
    else if (message.type === 'result') task.end.resolve(message.result);
    else task.end.reject(reviveError(message.error));
  }

  #die(how: string, cause?: unknown): void {
    this.#dead = true;
    const task = this.#task;
    if (task === undefined) return;
    const message = `the worker thread that ran ${task.functionName} ${how}`;
    task.end.reject(new DayTradeError('internal.bug', message, { cause }));
  }
}

/** Returns the root of this process's compile cache; Node.js reports the part of its own version. */
function compileCacheFolder(): string | undefined {
  const part = getCompileCacheDir();
  return part === undefined ? undefined : dirname(part);
}

// Free of the queue and its schemas, which load more slowly than a thread starts.
