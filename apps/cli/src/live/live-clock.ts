import { setTimeout } from 'node:timers/promises';
import type { LiveClock } from '@daytrade/kabu-station';
import type { PaperLog } from '@daytrade/paper';

const slice = 500;

/**
 * The clock of this machine for a live session. It is never put back: prices would pass for new, and what was asked a
 * moment ago would not be asked again. A wait ends when somebody else has written into its log, which is how
 * it is halted, and when it is to end.
 */
export function liveClock(log: PaperLog, signal: AbortSignal): LiveClock {
  /** How far the time of day was ahead of what has passed at most; more while the machine sleeps. */
  let ahead = -Infinity;
  const now = () => {
    const passed = performance.now();
    ahead = Math.max(ahead, Date.now() - passed);
    return Math.floor(passed + ahead);
  };
  return {
    now,
    wait: async (milliseconds) => {
      const until = now() + milliseconds;
      const known = (await log.read()).length;
      const isAborted = signal.aborted;
      while (now() < until) {
        await setTimeout(Math.min(slice, until - now()));
        if (signal.aborted !== isAborted || (await log.read()).length !== known) return;
      }
    },
  };
}
