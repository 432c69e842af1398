import { setTimeout as sleep } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { DayTradeError } from '@daytrade/errors';
import type { WorkerTaskContext } from './worker-task.ts';

// What the workers of worker-pool.test.ts run.

export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

export function double(values: Float64Array, context: WorkerTaskContext): Float64Array {
  const doubled = values.map((value) => 2 * value);
  context.transfer([doubled.buffer]);
  return doubled;
}

export async function inThread(milliseconds: number): Promise<number> {
  await sleep(milliseconds);
  return threadId;
}

export function inSteps(steps: number, context: WorkerTaskContext): string {
  for (let step = 1; step <= steps; step++) context.progress({ stage: 'training', fraction: step / steps });
  return 'done';
}

export function refuse(sessions: number): never {
  throw new DayTradeError('training.too-little-data', `${sessions} sessions are too few`, { details: { sessions } });
}

export function fail(): never {
  throw new TypeError('undefined is not a function');
}

export function spin(): never {
  for (;;);
}

export function exit(): never {
  process.exit(3);
}

export async function crashLater(): Promise<void> {
  setTimeout(() => {
    throw new Error('nobody catches this');
  });
  await sleep(60_000);
}

export function answerFunction(): unknown {
  return { run: () => 1 };
}
