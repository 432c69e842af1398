import { DayTradeError } from '@daytrade/errors';
import { expect, it, vi } from 'vitest';
import { InProcessQueue } from '../queue/in-process-queue.ts';
import { controlledHandler, jobOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { MemoryScheduleStore } from '../testing/memory-schedule-store.ts';
import { ExecutionScheduler } from './execution-scheduler.ts';
import type { ScheduledJob, StartableJob } from './schedule.ts';

// Tuesday 2026-11-24, a session, 08:00 in Japan.
stopTimeAt('2026-11-23T23:00:00Z');

const minute = 60_000;
const scheduled = (name: 'update' | 'forecast', rest: Partial<StartableJob>): ScheduledJob => ({
  name,
  description: name,
  schedule: { type: 'daily', at: '09:00' },
  waitsFor: [],
  longestWaitSeconds: 600,
  enabled: true,
  ...rest,
  queueJob: name === 'update' ? 'data-update' : 'report',
  payload: {},
});

async function open(ifFailed: 'skip' | 'run', upstream: Partial<StartableJob> = {}) {
  const ledger = new MemoryRunLedger();
  let draws = 0;
  const random = () => (draws++ * 0.618) % 1;
  const onError = (error: unknown) => expect.unreachable(String(error));
  const queue = new InProcessQueue({ ledger, clock: fakeClock, random, concurrency: 2, onError });
  const update = controlledHandler();
  queue.register(jobOf('data-update', update.handler, { timeoutSeconds: 7_200 }));
  queue.register(jobOf('report', async () => ({})));
  const scheduler = new ExecutionScheduler({
    queue,
    ledger,
    schedules: new MemoryScheduleStore(),
    clock: fakeClock,
    jobs: [scheduled('forecast', { waitsFor: [{ job: 'update', ifFailed }] }), scheduled('update', upstream)],
    onError,
  });
  await queue.start();
  await scheduler.start();
  const forecast = async () => (await ledger.list({ job: 'report', limit: 1 }))[0]!;
  return { calls: update.calls, forecast, scheduler, queue, ledger };
}

it('lets a run go when what it waits for has succeeded, and says which run that was', async () => {
  const { calls, forecast, ledger } = await open('skip');
  await vi.advanceTimersByTimeAsync(61 * minute);
  expect((await forecast()).status).toBe('waiting');
  calls[0]!.end.resolve({});
  await vi.advanceTimersByTimeAsync(10);
  const [update] = await ledger.list({ job: 'data-update', limit: 1 });
  expect(await forecast()).toMatchObject({
    status: 'succeeded',
    dependencies: [{ job: 'update', run: update!.id, status: 'succeeded', message: null }],
  });
});

it.each([
  ['skip', 'skipped'],
  ['run', 'succeeded'],
] as const)('after a failure (%s) the record of the dependent run says so', async (ifFailed, status) => {
  const { calls, forecast } = await open(ifFailed);
  await vi.advanceTimersByTimeAsync(60 * minute);
  calls[0]!.end.reject(new DayTradeError('data.folder-unreadable', 'folder: /nowhere cannot be read'));
  await vi.advanceTimersByTimeAsync(10);
  const message = 'update ended as failed: folder: /nowhere cannot be read';
  expect(await forecast()).toMatchObject({ status, dependencies: [{ job: 'update', status: 'failed', message }] });
  const error = { code: 'run.dependency-failed', message: `forecast/2026-11-24 did not run, since ${message}` };
  expect((await forecast()).error).toEqual(status === 'skipped' ? expect.objectContaining(error) : null);
});

it('waits no longer than the job says, and says so', async () => {
  const { forecast } = await open('skip');
  await vi.advanceTimersByTimeAsync(71 * minute);
  expect(await forecast()).toMatchObject({
    status: 'succeeded',
    dependencies: [{ job: 'update', status: 'running', message: 'update had not ended after 600 s' }],
  });
});

it('waits for the newest due time of the session that is not after its own', async () => {
  const { calls, forecast } = await open('skip', { schedule: { type: 'daily', at: '08:30' } });
  await vi.advanceTimersByTimeAsync(45 * minute);
  calls[0]!.end.resolve({});
  await vi.advanceTimersByTimeAsync(16 * minute);
  expect(await forecast()).toMatchObject({ status: 'succeeded', dependencies: [{ status: 'succeeded' }] });
});

it('waits for what is due at midnight, as the session begins', async () => {
  vi.setSystemTime('2026-11-23T14:50:00Z');
  const { calls, forecast } = await open('skip', { schedule: { type: 'daily', at: '00:00' } });
  await vi.advanceTimersByTimeAsync(11 * minute);
  calls[0]!.end.resolve({});
  await vi.advanceTimersByTimeAsync(9 * 60 * minute);
  expect(await forecast()).toMatchObject({ status: 'succeeded', dependencies: [{ status: 'succeeded' }] });
});

it('waits just as long as the job says, and not a moment more', async () => {
  const { forecast } = await open('skip');
  await vi.advanceTimersByTimeAsync(60 * minute);
  const { queuedAt } = await forecast();
  const until = Date.parse(queuedAt) + 600_000;
  await vi.advanceTimersByTimeAsync(until - 2_001 - Date.now());
  expect((await forecast()).status).toBe('waiting');
  await vi.advanceTimersByTimeAsync(4_001);
  expect((await forecast()).status).toBe('succeeded');
});

it('does not wait for what is due later or was due before the first start, nor for a job without a clock', async () => {
  const others = ['09:05', '07:30'].map((at) => ({ schedule: { type: 'daily', at } }) as const);
  for (const upstream of [...others, { enabled: false }]) {
    vi.setSystemTime('2026-11-23T23:00:00Z');
    const { forecast, scheduler } = await open('skip', upstream);
    await vi.advanceTimersByTimeAsync(61 * minute);
    expect(await forecast()).toMatchObject({ status: 'succeeded', dependencies: [] });
    scheduler.stop();
  }
});

it('can be cancelled while it waits', async () => {
  const { forecast, queue } = await open('skip');
  await vi.advanceTimersByTimeAsync(61 * minute);
  await queue.cancel((await forecast()).id);
  expect((await forecast()).status).toBe('cancelled');
});
