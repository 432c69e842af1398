import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DayTradeError, reviveError } from '@daytrade/errors';
import type { TaskMessage, WorkerMessage, WorkerStart } from './worker-messages.ts';
import type { WorkerRunOptions } from './worker-task.ts';

interface RunningTask {
  readonly functionName: string;
  readonly onProgress: WorkerRunOptions['onProgress'];
  readonly end: PromiseWithResolvers<unknown>;
}

/** One worker thread and the task it runs. It keeps the process alive only while it runs one. */
export class PoolWorker {
  readonly #worker: Worker;
  #task: RunningTask | undefined;
  #dead = false;

  /** @param youngMegabytes see `WorkerPoolOptions` */
  constructor(module: URL, youngMegabytes?: number) {
    const start: WorkerStart = { moduleUrl: module.href, compileCache: compileCacheFolder() };
    // The flags of this process are its own: some of them, as --input-type, are refused by a thread.
    const resourceLimits = youngMegabytes === undefined ? {} : { maxYoungGenerationSizeMb: youngMegabytes };
    const options = { workerData: start, execArgv: [], resourceLimits };
    this.#worker = new Worker(new URL('./worker-entry.ts', import.meta.url), options);
    this.#worker.unref();
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('messageerror', (error) =>
      this.#die(`sent a message that cannot be read: ${error.message}`, error),
    );
    this.#worker.on('error', (error) =>
      this.#die(`crashed: ${error instanceof Error ? error.message : String(error)}`, error),
    );
    this.#worker.on('exit', (exitCode) => this.#die(`ended with exit code ${exitCode}`));
  }

  /** False after a crash or a termination: the worker takes no more tasks. */
  get alive(): boolean {
    return !this.#dead;
  }

  /** Runs a task; rejects with the error that its function threw, or with one that says how the thread ended. */
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

  /** Ends the thread, also in the middle of a computation; its task rejects with the reason. */
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
    task.end.reject(new DayTradeError('internal.bug', message, { details: { function: task.functionName }, cause }));
  }
}

/** The folder of this process's cache: the process itself reports only the part for its version and options. */
function compileCacheFolder(): string | undefined {
  const part = getCompileCacheDir();
  return part === undefined ? undefined : dirname(part);
}
