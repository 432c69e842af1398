import { type TasksOf, WorkerPool, type WorkerTaskContext } from '@daytrade/jobs/workers';
import { type BacktestInput, type BacktestReport, runBacktest, type SimulateSetsInput } from '@daytrade/trading';

/** A backtest, and how many threads simulate sets of parameters side by side; the result does not depend on it. */
export interface BacktestTaskInput extends BacktestInput {
  readonly workers: number;
}

/** Audits a strategy, chooses its parameters and judges it. */
export async function backtest(
  { workers, ...input }: BacktestTaskInput,
  { progress }: WorkerTaskContext,
): Promise<BacktestReport> {
  const module = new URL('./simulate.worker.ts', import.meta.url);
  const pool = new WorkerPool<TasksOf<typeof import('./simulate.worker.ts')>>({ size: workers, module });
  let done = 0;
  const runSets = async (sets: SimulateSetsInput) => {
    const parts = await Promise.all(
      sets.sets.map(async (parameters) => {
        const [returns] = await pool.run('simulateSets', { ...sets, sets: [parameters] });
        done += 1;
        progress({ stage: 'trying parameters', fraction: (0.9 * done) / sets.sets.length });
        return returns!;
      }),
    );
    progress({ stage: 'judging', fraction: 0.92 });
    return parts;
  };
  try {
    return await runBacktest(input, runSets);
  } finally {
    await pool.close();
  }
}
