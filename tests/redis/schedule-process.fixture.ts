import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, ExecutionScheduler, type ScheduledJob } from '@daytrade/jobs';
import { BullMqQueue, type RedisAddress } from '@daytrade/jobs/redis';
import { clockAt, jobOf } from '@daytrade/jobs/testing';
import { openSharedStores, type PostgresOptions } from '@daytrade/storage';
import { sql } from 'kysely';

// A scheduler or a worker in a process of its own, on real stores, so that a test can kill it at any moment.

export interface ScheduleProcessOptions {
  readonly role: 'scheduler' | 'worker';
  readonly database: PostgresOptions;
  readonly redis: RedisAddress;
  readonly scratch: string;
  /** When the time of all processes began, in its own and in real milliseconds since 1970, and its speed. */
  readonly time: { readonly began: number; readonly realBegan: number; readonly speed: number };
  readonly jobs: readonly ScheduledJob[];
  readonly jobMs: number;
}

const { role, database, redis, scratch, time, jobs, jobMs } = JSON.parse(
  String(process.argv[2]),
) as ScheduleProcessOptions;

const realClock = clockAt();
/** Two looks at the clock are at least so far apart, or the database had nothing else to do. */
const shortestSleepMs = 100;
/** Hours pass in seconds, so that much is due in a short time. */
const fastClock: Clock = {
  ...realClock,
  now: () => time.began + (Date.now() - time.realBegan) * time.speed,
  setTimeout: (callback, milliseconds) => setTimeout(callback, Math.max(shortestSleepMs, milliseconds / time.speed)),
};

const stores = await openSharedStores({ database, objects: { kind: 'database' }, scratch });
const queue = new BullMqQueue({
  ledger: stores.runs,
  jobs: jobs.map(({ queueJob }) => jobOf(queueJob, async () => ({}), { maxAttempts: 1_000 })),
  redis,
  prefix: 'killed',
  works: role === 'worker',
  clock: realClock,
  random: Math.random,
  lockSeconds: 1,
  sweepSeconds: 0.5,
  onError: () => undefined,
  onConnection: () => undefined,
});
for (const { queueJob } of role === 'worker' ? jobs : []) {
  queue.register(
    jobOf(
      queueJob,
      async ({ run, signal }) => {
        await pause(jobMs / 2, undefined, { signal });
        // As every job's effect: one transaction, keyed by the run.
        await sql`insert into effects (run) values (${run.id}) on conflict do nothing`.execute(stores.database.db);
        await pause(jobMs / 2, undefined, { signal });
        return { attempt: run.attempt };
      },
      { maxAttempts: 1_000 },
    ),
  );
}
await queue.start();
if (role === 'scheduler') {
  const scheduler = new ExecutionScheduler({
    queue,
    ledger: stores.runs,
    schedules: stores.schedules,
    clock: fastClock,
    jobs,
    onError: () => undefined,
  });
  await scheduler.start();
}
process.send?.('ready');
process.on('disconnect', () => process.exit());
