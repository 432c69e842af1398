import type { Clock } from '../clock.ts';

/** A clock with the timers of the system, at whatever time a test has. */
export function clockAt(now: () => number = Date.now): Clock {
  return { now, setTimeout, clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) };
}
