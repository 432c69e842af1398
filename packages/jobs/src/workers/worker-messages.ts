import type { SerialisedError } from '@daytrade/errors';
import type { TaskProgress } from './worker-task.ts';

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
