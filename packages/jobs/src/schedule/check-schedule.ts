import { DayTradeError } from '@daytrade/errors';
import { type ScheduledJob, weekdays } from './schedule.ts';

/** @throws DayTradeError `input.invalid` naming the job, the field, the value and what is allowed */
export function checkSchedule({ name, schedule }: Pick<ScheduledJob, 'name' | 'schedule'>): void {
  switch (schedule.type) {
    case 'daily':
      checkTime(name, schedule.at);
      break;
    case 'weekly':
      expect(name, 'day', schedule.day, weekdays.includes(schedule.day), `one of ${weekdays.join(', ')}`);
      checkTime(name, schedule.at);
      break;
    case 'hourly':
      checkInteger(name, 'minute', schedule.minute, 0, 59);
      break;
    case 'market-hours':
      checkInteger(name, 'everyMinutes', schedule.everyMinutes, 1, 150);
      break;
    case 'continuous':
      expect(name, 'pauseSeconds', schedule.pauseSeconds, schedule.pauseSeconds >= 0, 'a number of 0 or more');
      break;
    case 'on-demand':
      break;
  }
}

function checkTime(job: string, at: string): void {
  expect(job, 'at', at, /^([01]\d|2[0-3]):[0-5]\d$/.test(at), 'a time of day as HH:MM');
}

function checkInteger(job: string, field: string, value: number, from: number, to: number): void {
  const allowed = Number.isInteger(value) && value >= from && value <= to;
  expect(job, field, value, allowed, `an integer from ${from} to ${to}`);
}

function expect(job: string, field: string, value: unknown, allowed: boolean, expected: string): void {
  if (allowed) return;
  const message = `job ${job}: schedule.${field}: expected ${expected}, got ${JSON.stringify(value)}`;
  throw new DayTradeError('input.invalid', message, { details: { job, field, value } });
}
