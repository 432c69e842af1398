import { describe, expect, it } from 'vitest';
import { checkSchedule } from './check-schedule.ts';
import { defaultJobs } from './default-jobs.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { Schedule } from './schedule.ts';

const check = (schedule: Schedule) => () => checkSchedule({ name: 'report', schedule });

describe('checkSchedule', () => {
  it('accepts the default jobs', () => {
    for (const job of defaultJobs) expect(() => checkSchedule(job)).not.toThrow();
  });

  it.each([
    [{ type: 'daily', at: '24:00' }, 'job report: schedule.at: expected a time of day as HH:MM, got "24:00"'],
    [
      { type: 'weekly', day: 'sunday', at: '2:00' },
      'job report: schedule.at: expected a time of day as HH:MM, got "2:00"',
    ],
    [{ type: 'hourly', minute: 60 }, 'job report: schedule.minute: expected an integer from 0 to 59, got 60'],
    [
      { type: 'market-hours', everyMinutes: 0 },
      'job report: schedule.everyMinutes: expected an integer from 1 to 150, got 0',
    ],
    [
      { type: 'continuous', pauseSeconds: -1 },
      'job report: schedule.pauseSeconds: expected a number of 0 or more, got -1',
    ],
  ] satisfies [Schedule, string][])('refuses %o', (schedule, message) => {
    expect(check(schedule)).toThrow(expect.objectContaining({ code: 'input.invalid', message }));
  });
});

describe('the default jobs', () => {
  it('are those of the specification, those of the evening, and the one that removes what is old', () => {
    expect(defaultJobs.map(({ name, schedule }) => [name, describeSchedule(schedule)])).toEqual([
      ['prediction', 'every 15 minutes in market hours, not at lunch'],
      ['data-update', 'every 5 minutes in market hours, not at lunch'],
      ['market-preparation', 'every trading day at 08:30 Japan time'],
      ['opening-prediction', 'every trading day at 09:05 Japan time'],
      ['midday-update', 'every trading day at 11:30 Japan time'],
      ['midday-prediction', 'every trading day at 11:30 Japan time'],
      ['closing-update', 'every trading day at 15:45 Japan time'],
      ['report', 'every trading day at 16:00 Japan time'],
      ['evening-update', 'every trading day at 16:45 Japan time'],
      ['evening-prediction', 'every trading day at 16:45 Japan time'],
      ['evening-report', 'every trading day at 16:45 Japan time'],
      ['retraining', 'every Sunday at 02:00 Japan time'],
      ['retention', 'every Sunday at 06:00 Japan time'],
    ]);
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
