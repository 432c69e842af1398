import { setTimeout as pause } from 'node:timers/promises';
import { BullMqQueue, type RedisAddress } from '@daytrade/jobs/redis';
import { clockAt, jobOf } from '@daytrade/jobs/testing';
import { parentLedger } from './ledger-over-ipc.ts';

// A worker in a process of its own, so that a test can kill it. It reports to its parent when a job begins and ends.

const { redis, prefix, jobSeconds } = JSON.parse(String(process.argv[2])) as {
  readonly redis: RedisAddress;
  readonly prefix: string;
  readonly jobSeconds: number;
};

const queue = new BullMqQueue({
  ledger: parentLedger(),
  jobs: [],
  redis,
  prefix,
  works: true,
  clock: clockAt(),
  random: Math.random,
  lockSeconds: 2,
  sweepSeconds: 0.5,
  onError: () => undefined,
  onConnection: () => undefined,
});
queue.register(
  jobOf('training', async ({ run, signal }) => {
    const tell = (event: string) =>
      process.send?.({ event, run: run.id, attempt: run.attempt, pid: process.pid, at: Date.now() });
    tell('begin');
    await pause(jobSeconds * 1_000, undefined, { signal });
    tell('end');
    return { attempt: run.attempt };
  }),
);
await queue.start();
process.on('disconnect', () => process.exit());
