import { describe, expect, it } from 'vitest';
import { describeSchedule, onDemandJob, pauseOf } from './describe-job.ts';
import { everyJob } from './schedule.ts';

it.each([
  [{ type: 'daily', at: '16:00' }, 'every trading day at 16:00 Japan time'],
  [{ type: 'hourly', minute: 5 }, 'every hour at minute 5'],
  [{ type: 'weekly', day: 'saturday', at: '10:00' }, 'every Saturday at 10:00 Japan time'],
  [{ type: 'market-hours', everyMinutes: 1 }, 'every 1 minute in market hours, not at lunch'],
  [{ type: 'market-hours', everyMinutes: 5 }, 'every 5 minutes in market hours, not at lunch'],
  [{ type: 'on-demand' }, 'when asked for'],
  [{ type: 'continuous', pauseSeconds: 30 }, 'again 30 seconds after it ended'],
] as const)('the schedule %j reads: %s', (schedule, text) => {
  expect(describeSchedule(schedule)).toBe(text);
});

it('a job without a schedule starts on demand, and waits for none', () => {
  expect(onDemandJob({ name: 'audit', description: 'Looks' })).toEqual({
    name: 'audit',
    description: 'Looks',
    schedule: { type: 'on-demand' },
    queueJob: 'audit',
    payload: {},
    waitsFor: [],
    longestWaitSeconds: 0,
    enabled: true,
  });
});

describe('the pause of a job', () => {
  const state = (job: string, paused: boolean) => ({
    job,
    paused,
    changedAt: '2026-11-24T00:00:00.000Z',
    changedBy: 'kei',
    reason: 'holiday',
    servedUntil: null,
    enabled: null,
  });

  it.each([
    ['its own', [state('report', true)], { by: 'kei', reason: 'holiday', at: '2026-11-24T00:00:00.000Z', all: false }],
    ['that of all', [state(everyJob, true)], { by: 'kei', reason: 'holiday', all: true }],
  ])('is %s', (_, states, expected) => {
    expect(pauseOf('report', states as never)).toMatchObject(expected);
  });

  it('is none where it was lifted, or is of another job', () => {
    expect(pauseOf('report', [state('report', false), state('backup', true)] as never)).toBeNull();
  });
});
