import type { Clock } from '../clock.ts';
import { InProcessQueue } from '../queue/in-process-queue.ts';
import type { RunLedger } from '../run.ts';

/** A queue of this process with two slots; what it could not record fails the test. */
export function queueOn(ledger: RunLedger, clock: Clock): InProcessQueue {
  const onError = (error: unknown) => {
    throw error;
  };
  return new InProcessQueue({ ledger, clock, random: Math.random, concurrency: 2, onError });
}
