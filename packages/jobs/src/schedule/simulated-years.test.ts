// @module-tag long
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { simulateSchedule } from '../testing/simulation/simulate-schedule.ts';
import { defaultJobs } from './default-jobs.ts';
import type { MisfirePolicy } from './schedule.ts';

const from = parseTradeDate('2019-01-01');
const to = parseTradeDate('2019-01-31');
/** Nothing of what must not be. */
const right = { lost: 0, duplicates: 0, breaches: 0, firstBreach: undefined };

async function simulate(seed: number, misfirePolicy: MisfirePolicy) {
  const jobs = defaultJobs.map((job) => ({ ...job, misfirePolicy }));
  return await simulateSchedule({ seed, from, to, jobs, failuresPerYear: 1_500, outagesPerYear: 300 });
}

it.each([1, 2, 3, 4])(
  'runs every due time of a month once, whatever crashes and whoever is cut off: %i',
  async (seed) => {
    const found = await simulate(seed, 'run-all');
    // 19 sessions with 20 predictions, 60 updates and fifteen daily jobs; four Sundays with retraining and retention.
    expect(found).toMatchObject({ ...right, due: 19 * 95 + 8, ran: 19 * 95 + 8, leftOut: 0 });
    expect(found.crashes + found.partitions).toBeGreaterThan(75);
  },
);

it.each([
  { policy: 'run-once', seed: 7 },
  { policy: 'run-once', seed: 8 },
  { policy: 'skip', seed: 9 },
] as const)(
  'counts each due time that $policy leaves out in the entry that stands for it',
  async ({ policy, seed }) => {
    const found = await simulate(seed, policy);
    expect(found).toMatchObject(right);
    expect(found.ran + found.leftOut).toBe(found.due);
    expect(found.leftOut).toBeGreaterThan(0);
  },
);
