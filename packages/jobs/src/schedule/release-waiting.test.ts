import { beforeEach, describe, expect, it, vi } from 'vitest';
import { InProcessQueue } from '../queue/in-process-queue.ts';
import type { Run } from '../run.ts';
import { jobOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import type { StartableJob } from './schedule.ts';
import { releaseWaiting } from './waiting-runs.ts';

// Tuesday 2026-11-24, a session, 10:00 in Japan.
stopTimeAt('2026-11-24T01:00:00Z');

const instant = (time: string) => new Date(`2026-11-24T${time}:00+09:00`).toISOString();
const job = (name: string, change: Partial<StartableJob> = {}): StartableJob => ({
  name,
  description: name,
  schedule: { type: 'market-hours', everyMinutes: 15 },
  queueJob: name,
  payload: {},
  waitsFor: [],
  longestWaitSeconds: 600,
  enabled: true,
  ...change,
});
const jobs = new Map(
  [job('update'), job('report', { waitsFor: [{ job: 'update', ifFailed: 'skip' }] })].map((each) => [each.name, each]),
);

let ledger: MemoryRunLedger;
let queue: InProcessQueue;

beforeEach(() => {
  ledger = new MemoryRunLedger();
  const onError = (error: unknown) => expect.unreachable(String(error));
  queue = new InProcessQueue({ ledger, clock: fakeClock, random: Math.random, concurrency: 2, onError });
  for (const name of jobs.keys()) queue.register(jobOf(name, async () => ({})));
});

async function add(id: string, name: string, change: Partial<Run>): Promise<void> {
  const { scheduledFor = null } = change;
  await ledger.create({
    id,
    job: name,
    key: `${name}/2026-11-24T${id}`,
    trigger: scheduledFor === null ? 'manual' : 'schedule',
    requestId: null,
    status: 'succeeded',
    attempt: 1,
    maxAttempts: 2,
    payload: {},
    progress: null,
    result: null,
    error: null,
    scheduledFor,
    queuedAt: instant('10:00'),
    startedAt: null,
    finishedAt: null,
    replayOf: null,
    missed: null,
    dependencies: null,
    ...change,
  });
}

/** Adds a run that waits for the update that is due at 10:00. */
const addWaiting = async (id = 'waiting', change: Partial<Run> = {}) =>
  await add(id, 'report', { status: 'waiting', attempt: 0, scheduledFor: instant('10:00'), ...change });

const release = async (served = instant('10:00')) =>
  await releaseWaiting({ queue, ledger, clock: fakeClock, jobs, servedUntil: () => Date.parse(served) });
const dependenciesOf = async (id = 'waiting') => (await ledger.find(id))!.dependencies;

describe('runs that wait for another job', () => {
  it('are counted as long as they wait, and let go with the run that they waited for', async () => {
    expect(await release()).toBe(0);
    for (const id of ['one', 'other']) await addWaiting(id);
    await add('running', 'update', { status: 'running', scheduledFor: instant('10:00') });
    expect(await release()).toBe(2);
    await ledger.update((await ledger.find('running'))!, { status: 'succeeded' });
    expect(await release()).toBe(0);
    const dependency = { job: 'update', run: 'running', status: 'succeeded', message: null };
    expect([await dependenciesOf('one'), await dependenciesOf('other')]).toEqual([[dependency], [dependency]]);
    expect((await ledger.find('one'))!.status).toBe('queued');
  });

  it('look at the first run from the due time on, and at none that is earlier or that a person started', async () => {
    await addWaiting();
    await add('later', 'update', { scheduledFor: instant('10:30') });
    await add('next', 'update', { status: 'running', scheduledFor: instant('10:15') });
    await add('newest', 'update', { scheduledFor: instant('10:45') });
    await add('earlier', 'update', { scheduledFor: instant('09:45') });
    await add('manual', 'update', { scheduledFor: null });
    expect(await release()).toBe(1);
    await add('due', 'update', { scheduledFor: instant('10:00') });
    expect(await release()).toBe(0);
    expect(await dependenciesOf()).toMatchObject([{ run: 'due' }]);
  });

  it('are skipped without a run that failed, which is reported with its end', async () => {
    await addWaiting();
    const error = { code: 'data.provider-failed', message: 'answered 503', details: {} };
    await add('due', 'update', { status: 'failed', scheduledFor: instant('10:00'), error });
    expect(await release()).toBe(0);
    expect(await ledger.find('waiting')).toMatchObject({
      status: 'skipped',
      error: { message: 'report/2026-11-24Twaiting did not run, since update ended as failed: answered 503' },
      dependencies: [{ run: 'due', status: 'failed', message: 'update ended as failed: answered 503' }],
    });
  });

  it('wait for a due time that is not served yet, and for none that passed without a run', async () => {
    await addWaiting();
    expect(await release(instant('09:59'))).toBe(1);
    expect(await release(instant('10:00'))).toBe(0);
    expect(await dependenciesOf()).toEqual([]);
  });

  it('wait as long as their job says, and are let go at the end of it', async () => {
    await addWaiting();
    await add('running', 'update', { status: 'running', scheduledFor: instant('10:00') });
    vi.setSystemTime(Date.parse(instant('10:10')) - 1);
    expect(await release()).toBe(1);
    vi.setSystemTime(instant('10:10'));
    expect(await release()).toBe(0);
    const message = 'update had not ended after 600 s';
    expect(await dependenciesOf()).toEqual([{ job: 'update', run: 'running', status: 'running', message }]);
    await addWaiting('without', { queuedAt: instant('10:00'), scheduledFor: instant('10:05') });
    expect(await releaseWaiting({ queue, ledger, clock: fakeClock, jobs, servedUntil: () => 0 })).toBe(0);
    expect((await ledger.find('without'))!.status).toBe('queued');
  });

  it('do not wait for a job that the clock does not start, nor where their own job is gone', async () => {
    await addWaiting();
    await add('gone', 'removed', { status: 'waiting', scheduledFor: instant('10:00') });
    queue.register(jobOf('removed', async () => ({})));
    expect(await releaseWaiting({ queue, ledger, clock: fakeClock, jobs, servedUntil: () => undefined })).toBe(0);
    expect([await dependenciesOf(), await dependenciesOf('gone')]).toEqual([[], []]);
  });
});
