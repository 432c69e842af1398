import { instantOf, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { newRun } from '../../queue/accept-run.ts';
import type { Run } from '../../run.ts';
import { defaultJobs } from '../../schedule/default-jobs.ts';
import type { MisfirePolicy } from '../../schedule/schedule.ts';
import { jobCalendar } from './job-calendar.ts';
import { PolicyCheck } from './policy-check.ts';

const day = parseTradeDate('2026-11-24');
const at = (time: string) => instantOf(day, time);
const clock = { now: () => at('10:00'), setTimeout: () => 0, clearTimeout: () => undefined };

/** What is found wrong with a run of 10:00 or so, of a job that is due every 15 minutes with a grace of 5. */
function problemOf(misfirePolicy: MisfirePolicy, time: string, change: Partial<Run> = {}, now = '10:01') {
  const job = { ...defaultJobs[0]!, misfirePolicy };
  const check = new PolicyCheck(new Map([[job.name, { job, calendar: jobCalendar(job.schedule, day, day) }]]));
  check.served(job.name, new Date(at('09:20')).toISOString());
  const scheduledFor = new Date(at(time)).toISOString();
  const request = {
    job: job.queueJob,
    key: `prediction/${day}`,
    payload: {},
    trigger: 'schedule',
    scheduledFor,
  } as const;
  check.written(
    { ...newRun({ request, maxAttempts: 1, clock, random: () => 0 }), ...change },
    { instants: [at(now)], servedUntil: check.servedUntil },
  );
  return check.first?.split(', ').at(-1);
}

const late = { trigger: 'misfire' } as const;
const skipped = { ...late, status: 'skipped' } as const;

describe('PolicyCheck', () => {
  it.each([
    ['run-once', '10:00', { missed: 2 }],
    ['run-once', '09:45', { ...late, missed: 1 }, '09:59'],
    ['run-all', '10:00', {}],
    ['run-all', '09:30', late],
    ['skip', '10:00', {}],
    ['skip', '09:45', { ...skipped, missed: 1 }],
  ] as const)('takes what is documented: %s, due at %s, %j', (policy, time, change, now?: string) => {
    expect(problemOf(policy, time, change, now)).toBeUndefined();
  });

  it.each([
    ['run-once', '09:30', late, 'is not of the newest due time'],
    ['run-once', '10:00', { missed: 3 }, 'stands for 3 others where 2 were missed'],
    ['run-once', '10:00', late, 'is on time and says otherwise'],
    ['run-once', '10:01', {}, 'is of no due time'],
    ['run-once', '10:00', { key: 'nothing/2026-11-24' }, 'is of no job'],
    ['run-all', '10:00', { missed: 2 }, 'stands for others'],
    ['run-all', '09:30', skipped, 'is left out'],
    ['skip', '09:45', late, 'is late and not left out'],
    ['skip', '09:30', skipped, 'is not of the newest due time'],
  ] as const)('finds what is not: %s, due at %s, %j', (policy, time, change, problem) => {
    expect(problemOf(policy, time, change)).toBe(problem);
  });
});
