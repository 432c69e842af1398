import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { simulateSchedule } from '../testing/simulation/simulate-schedule.ts';
import { defaultJobs } from './default-jobs.ts';
import type { MisfirePolicy } from './schedule.ts';

// The same over eight years and 1,000 seeds: npm run bench -- schedule

const from = parseTradeDate('2019-01-01');
const to = parseTradeDate('2019-01-31');

async function simulate(seed: number, misfirePolicy: MisfirePolicy) {
  const jobs = defaultJobs.map((job) => ({ ...job, misfirePolicy }));
  return await simulateSchedule({ seed, from, to, jobs, failuresPerYear: 1_500 });
}

it('runs every due time of a month once, whatever crashes and whoever is cut off', async () => {
  let failures = 0;
  for (const seed of [1, 2, 3, 4]) {
    const { due, ran, lost, duplicates, crashes, partitions } = await simulate(seed, 'run-all');
    // 19 sessions with 20 predictions, 60 updates and nine daily jobs; four Sundays with retraining and retention.
    expect({ due, ran, lost, duplicates }).toEqual({ due: 19 * 89 + 8, ran: 19 * 89 + 8, lost: 0, duplicates: 0 });
    failures += crashes + partitions;
  }
  expect(failures).toBeGreaterThan(300);
});

it('counts each due time that it leaves out in the run that stands for it', async () => {
  for (const seed of [7, 8]) {
    const { due, ran, stoodFor, lost, duplicates } = await simulate(seed, 'run-once');
    expect({ lost, duplicates, sum: ran + stoodFor }).toEqual({ lost: 0, duplicates: 0, sum: due });
    expect(stoodFor).toBeGreaterThan(0);
  }
});
