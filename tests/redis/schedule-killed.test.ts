import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dueTimes, type ScheduledJob } from '@daytrade/jobs';
import { seededRandom } from '@daytrade/series';
import { migrateDatabase, openPostgresDatabase, type PostgresOptions } from '@daytrade/storage';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { figure } from '../support/figure.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { RedisServer } from '../support/redis-server.ts';
import type { ScheduleProcessOptions } from './schedule-process.fixture.ts';

/** How long schedulers and workers are killed: short in continuous integration, longer by the environment. */
const seconds = Number(process.env.DAYTRADE_TEST_KILL_SECONDS ?? 30);
/** An hour passes in this many seconds. */
const hourSeconds = 2;
/** What is left after the last kill has this long to end: on a slow machine the workers come behind. */
const settleSeconds = 60 + seconds;

const hourly = (name: 'data-update' | 'report', minute: number, waitsFor: ScheduledJob['waitsFor']): ScheduledJob => ({
  name,
  description: name,
  schedule: { type: 'hourly', minute },
  queueJob: name,
  payload: {},
  waitsFor,
  longestWaitSeconds: 86_400,
  enabled: true,
});
const jobs = [hourly('data-update', 0, []), hourly('report', 30, [{ job: 'data-update', ifFailed: 'run' }])];

let postgres: PostgresServer;
let redis: RedisServer;
let database: PostgresOptions;
let scratch: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  postgres = await PostgresServer.start();
  redis = await RedisServer.start();
  database = await postgres.createDatabase();
  scratch = mkdtempSync(join(tmpdir(), 'day-trade-killed-'));
  const opened = await openPostgresDatabase(database);
  await migrateDatabase(opened, { waitSeconds: 10 });
  await opened.close();
  await postgres.run(database.database, 'create table effects (run text primary key)');
});
afterAll(async () => {
  await Promise.all(processes.map(kill));
  await postgres.close();
  await redis[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

it(
  `every due time is served exactly once while schedulers and workers are killed for ${seconds} s`,
  async () => {
    const random = seededRandom(2026);
    const began = Date.parse('2026-11-23T15:10:00Z');
    const time = { began, realBegan: Date.now(), speed: 3_600 / hourSeconds };
    const start = (role: ScheduleProcessOptions['role']): ChildProcess => {
      const options = { role, database, redis: redis.address, scratch, time, jobs, jobMs: 700 };
      const child = fork(join(import.meta.dirname, 'schedule-process.fixture.ts'), [JSON.stringify(options)], {
        execArgv: [],
      });
      processes.push(child);
      return child;
    };
    const alive = (['scheduler', 'scheduler', 'worker', 'worker'] as const).map((role) => ({
      role,
      child: start(role),
    }));
    await Promise.all(alive.map(({ child }) => once(child, 'message')));
    const now = () => time.began + (Date.now() - time.realBegan) * time.speed;
    let kills = 0;
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; kills += 1) {
      await pause(2_000 * random());
      const victim = alive[Math.floor(alive.length * random())]!;
      await kill(victim.child);
      await pause(1_000 * random());
      victim.child = start(victim.role);
      // One that is killed before it works shows nothing, and on a slow machine none would ever work.
      await once(victim.child, 'message');
    }
    const until = now();

    const rows = await vi.waitFor(
      async () => {
        const runs = await postgres.run(
          database.database,
          `select id, job, status, attempt, missed, extract(epoch from scheduled_for)::float8 * 1000 as due
            from runs order by due`,
        );
        // Up to the first run of each job from then on, which may stand for due times before.
        const served = jobs.flatMap(({ name }) => {
          const own = runs.filter(({ job }) => job === name);
          const last = own.findIndex(({ due }) => Number(due) >= until);
          expect(last).toBeGreaterThanOrEqual(0);
          return own.slice(0, last + 1);
        });
        expect(served.filter(({ status }) => status !== 'succeeded')).toEqual([]);
        return served;
      },
      { timeout: settleSeconds * 1_000, interval: 500 },
    );
    const effects = await postgres.run(database.database, 'select run from effects');
    const done = new Set(effects.map(({ run }) => run));
    figure('runs of due times', rows.length);
    figure('processes killed', kills);
    figure('runs taken up again', rows.filter(({ attempt }) => Number(attempt) > 1).length);
    expect(rows.filter(({ id }) => !done.has(id))).toEqual([]);
    for (const { name, schedule } of jobs) {
      const own = rows.filter(({ job }) => job === name);
      const stoodFor = own.slice(1).map(({ due }, at) => dueTimes(schedule, Number(own[at]!.due), Number(due)).length);
      expect(own.slice(1).map(({ missed }) => 1 + Number(missed))).toEqual(stoodFor);
      expect(stoodFor.reduce((sum, count) => sum + count, 0)).toBeGreaterThan((seconds / hourSeconds) * 0.75);
    }
  },
  (seconds + settleSeconds + 60) * 1_000,
);
