import { defaultJobs, type ScheduledJob } from '@daytrade/jobs';
import { type SimulatedSchedule, simulateSchedule } from '@daytrade/jobs/testing';
import { parseTradeDate } from '@daytrade/market';

export const from = parseTradeDate('2019-01-01');
export const to = parseTradeDate('2026-12-31');
export const failuresPerYear = 24;
export const outagesPerYear = 6;
/** How the jobs of a seed make up for what was missed: one after the other, a third of the seeds each. */
const policies = ['run-all', 'run-once', 'skip'] as const;

/** A seed in this many has the steps of the default jobs in market hours; the others longer ones, sooner done. */
export const seedsPerWhole = 100;
const longerSteps: Readonly<Record<string, number>> = { 'data-update': 150, prediction: 150 };

export interface SimulatedSeed extends SimulatedSchedule {
  readonly seed: number;
  readonly policy: (typeof policies)[number];
}

/** The eight years of a seed; worker threads run it. */
export async function simulateSeed(seed: number): Promise<SimulatedSeed> {
  const policy = policies[seed % policies.length]!;
  const jobs = jobsOf(seed, policy);
  return { seed, policy, ...(await simulateSchedule({ seed, from, to, jobs, failuresPerYear, outagesPerYear })) };
}

function jobsOf(seed: number, misfirePolicy: SimulatedSeed['policy']): readonly ScheduledJob[] {
  return defaultJobs.map((job) => {
    const everyMinutes = seed % seedsPerWhole === 1 ? undefined : longerSteps[job.name];
    const schedule = everyMinutes === undefined ? job.schedule : ({ type: 'market-hours', everyMinutes } as const);
    return { ...job, misfirePolicy, schedule };
  });
}
