import type { Schedule } from './schedule.ts';

/** The schedule in words, for tables and pages. */
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
