import type { SerialisedError } from '@daytrade/errors';

/** How far a task has come; `fraction` is 0 to 1. */
export interface TaskProgress {
  readonly stage: string;
  readonly fraction: number;
  readonly message?: string;
  /** Where the work knows better than its pace so far, as one that waits for a limit. */
  readonly remainingSeconds?: number | undefined;
}

/** What a worker's function is given beside its input. */
export interface WorkerTaskContext {
  /** Reports to the `onProgress` of the caller. */
  readonly progress: (progress: TaskProgress) => void;
  /** Names buffers of the result that are moved to the caller and not copied; the worker must not use them again. */
  readonly transfer: (buffers: readonly ArrayBuffer[]) => void;
}

/** One task of worker threads: what crosses to the thread and back, by structured clone. */
export interface WorkerTask {
  readonly input: unknown;
  readonly output: unknown;
}

/** The tasks that a module for a {@link WorkerPool} exports as functions: `TasksOf<typeof import('./tasks.ts')>`. */
export type TasksOf<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends (input: infer Input, context: WorkerTaskContext) => infer Output
    ? { readonly input: Input; readonly output: Awaited<Output> }
    : never;
};

/** What `WorkerPool.run` takes beside the input. */
export interface WorkerRunOptions {
  /** Its abort ends the worker at once, in the middle of the computation; the pool replaces it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
  /** Buffers of the input that are moved to the worker and not copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** What a worker is started with. */
export interface WorkerStart {
  readonly moduleUrl: string;
  /** Folder of compiled modules, which a thread does not take over from its process; none: everything is compiled. */
  readonly compileCache: string | undefined;
}

/** From the pool to a worker: it runs one task at a time. */
export interface TaskMessage {
  readonly functionName: string;
  readonly input: unknown;
}

/** From a worker to the pool; every task ends with `result` or `error`. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: TaskProgress }
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'error'; readonly error: SerialisedError };
