import type { Clock } from '@daytrade/jobs';

/** The clock of this machine. */
export const systemClock: Clock = { now: Date.now, setTimeout, clearTimeout };
