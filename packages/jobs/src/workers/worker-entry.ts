import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { DayTradeError, serialiseError } from '@daytrade/errors';
import type { TaskMessage, WorkerMessage, WorkerStart, WorkerTaskContext } from './worker-task.ts';

// A worker thread that runs the exported functions of one module, one task at a time.

const { moduleUrl, compileCache } = workerData as WorkerStart;
if (compileCache !== undefined) enableCompileCache(compileCache);

parentPort?.on('message', (message: TaskMessage) => void answer(message));

async function answer({ functionName, input }: TaskMessage): Promise<void> {
  try {
    const run = await exportedFunction(functionName);
    const transfer: ArrayBuffer[] = [];
    const result = await run(input, {
      progress: (progress) => send({ type: 'progress', progress }),
      transfer: (buffers) => transfer.push(...buffers),
    });
    send({ type: 'result', result }, transfer);
  } catch (error) {
    send({ type: 'error', error: serialiseError(error) });
  }
}

function send(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

type AnyFunction = (input: unknown, context: WorkerTaskContext) => unknown;

async function exportedFunction(name: string): Promise<AnyFunction> {
  const module = (await import(moduleUrl)) as Readonly<Record<string, unknown>>;
  const value = module[name];
  if (typeof value === 'function') return value as AnyFunction;
  throw new DayTradeError('internal.bug', `${moduleUrl} exports no function ${name}`);
}
