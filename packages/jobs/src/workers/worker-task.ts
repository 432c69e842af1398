import type { SerialisedError } from '@daytrade/errors';

/** The progress of a task; `fraction` is 0 to 1. */
export interface TaskProgress {
  readonly stage: string;
  readonly fraction: number;
  readonly message?: string;
  /** An estimate that is better than the pace, for example of a rate limit. */
  readonly remainingSeconds?: number | undefined;
}

/** The second argument of a worker's function. */
export interface WorkerTaskContext {
  /** Calls the `onProgress` of the caller. */
  readonly progress: (progress: TaskProgress) => void;
  /** Transfers buffers of the result to the caller; the worker must not use them again. */
  readonly transfer: (buffers: readonly ArrayBuffer[]) => void;
}

/** Input and output of a task, copied by structured clone. */
export interface WorkerTask {
  readonly input: unknown;
  readonly output: unknown;
}

/** The tasks of a module for a {@link WorkerPool}: `TasksOf<typeof import('./tasks.ts')>`. */
export type TasksOf<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends (input: infer Input, context: WorkerTaskContext) => infer Output
    ? { readonly input: Input; readonly output: Awaited<Output> }
    : never;
};

export interface WorkerRunOptions {
  /** Ends the worker at once, also during a computation; the pool replaces it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
  /** Buffers of the input that are transferred, not copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

export interface WorkerStart {
  readonly moduleUrl: string;
  /** Folder of the compile cache, which a thread does not inherit; undefined compiles everything. */
  readonly compileCache: string | undefined;
}

/** A task for a worker, one at a time. */
export interface TaskMessage {
  readonly functionName: string;
  readonly input: unknown;
}

/** Messages of a worker; every task ends with `result` or `error`. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: TaskProgress }
  | { readonly type: 'result'; readonly result: unknown }
  | { readonly type: 'error'; readonly error: SerialisedError };
