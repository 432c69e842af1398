import { scheduleSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { defaultJobs } from './default-jobs.ts';
import { describeSchedule } from './describe-job.ts';
import type { Schedule } from './schedule.ts';

describe('the default jobs', () => {
  it('have schedules that the settings would allow too', () => {
    for (const { schedule } of defaultJobs) expect(scheduleSchema.parse(schedule)).toEqual(schedule);
  });

  it('run at the times of the specification', () => {
    const times = defaultJobs.map(({ name, schedule }) => [name, describeSchedule(schedule)]);
    expect(times).toEqual(
      expect.arrayContaining([
        ['prediction', 'every 15 minutes in market hours, not at lunch'],
        ['data-update', 'every 5 minutes in market hours, not at lunch'],
        ['market-preparation', 'every trading day at 08:30 Japan time'],
        ['opening-prediction', 'every trading day at 09:05 Japan time'],
        ['midday-update', 'every trading day at 11:30 Japan time'],
        ['closing-update', 'every trading day at 15:45 Japan time'],
        ['report', 'every trading day at 16:00 Japan time'],
        ['retraining', 'every Sunday at 02:00 Japan time'],
      ]),
    );
  });
});

describe('describeSchedule', () => {
  it.each([
    [{ type: 'hourly', minute: 30 }, 'every hour at minute 30'],
    [{ type: 'on-demand' }, 'when asked for'],
    [{ type: 'continuous', pauseSeconds: 1 }, 'again 1 second after it ended'],
  ] satisfies [Schedule, string][])('says %o as "%s"', (schedule, words) => {
    expect(describeSchedule(schedule)).toBe(words);
  });
});
