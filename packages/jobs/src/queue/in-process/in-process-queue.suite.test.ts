import { describeJobQueue } from '../../testing/job-queue.suite.ts';
import { InProcessQueue } from './in-process-queue.ts';

describeJobQueue(
  'InProcessQueue',
  (ledger) =>
    new InProcessQueue({
      ledger,
      clock: { now: Date.now, setTimeout, clearTimeout },
      random: Math.random,
      concurrency: 4,
      abortGraceMs: 300,
      onError: () => undefined,
    }),
);
