import type { Job } from '@daytrade/contracts';
import type { JobOutline } from '../job-catalogue.ts';
import { everyJob, type Schedule, type ScheduleState, type StartableJob } from './schedule.ts';

/** Returns the pause of a job, its own or that of all jobs; otherwise null. */
export function pauseOf(job: string, states: readonly ScheduleState[]): Job['paused'] {
  const held = states.find((state) => state.paused && (state.job === job || state.job === everyJob));
  if (held === undefined) return null;
  const { changedAt, changedBy, reason } = held;
  return { at: changedAt ?? '', by: changedBy ?? '', reason, all: held.job === everyJob };
}

/** Returns a job of the queue that starts only on demand. */
export function onDemandJob({ name, description }: Pick<JobOutline, 'name' | 'description'>): StartableJob {
  return {
    name,
    description,
    schedule: { type: 'on-demand' },
    queueJob: name,
    payload: {},
    waitsFor: [],
    longestWaitSeconds: 0,
    enabled: true,
  };
}

export function describeSchedule(schedule: Schedule): string {
  switch (schedule.type) {
    case 'daily':
      return `every trading day at ${schedule.at} Japan time`;
    case 'hourly':
      return `every hour at minute ${schedule.minute}`;
    case 'weekly':
      return `every ${schedule.day.charAt(0).toUpperCase()}${schedule.day.slice(1)} at ${schedule.at} Japan time`;
    case 'market-hours':
      return `every ${count(schedule.everyMinutes, 'minute')} in market hours, not at lunch`;
    case 'on-demand':
      return 'when asked for';
    case 'continuous':
      return `again ${count(schedule.pauseSeconds, 'second')} after it ended`;
  }
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
