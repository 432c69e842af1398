import { setTimeout } from 'node:timers/promises';
import type { LiveClock } from '@daytrade/kabu-station';
import type { PaperLog } from '@daytrade/paper';

const slice = 500;

/**
 * The clock of this machine for a live session: a wait ends when somebody else has written into its log, which is how
 * it is halted, and when it is to end.
 */
export function liveClock(log: PaperLog, signal: AbortSignal): LiveClock {
  return {
    now: Date.now,
    wait: async (milliseconds) => {
      const until = Date.now() + milliseconds;
      const known = (await log.read()).length;
      const isAborted = signal.aborted;
      while (Date.now() < until) {
        await setTimeout(Math.min(slice, until - Date.now()));
        if (signal.aborted !== isAborted || (await log.read()).length !== known) return;
      }
    },
  };
}
