import { describe, expect, it, vi } from 'vitest';
import { InProcessQueue } from '../queue/in-process-queue.ts';
import { controlledHandler, jobOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { MemoryScheduleStore } from '../testing/memory-schedule-store.ts';
import { defaultJobs } from './default-jobs.ts';
import { ExecutionScheduler } from './execution-scheduler.ts';
import type { Schedule, ScheduledJob } from './schedule.ts';

// Tuesday 2026-11-24, a session, 08:00 in Japan.
stopTimeAt('2026-11-23T23:00:00Z');

const minute = 60_000;
const hour = 60 * minute;

const every15Minutes: Schedule = { type: 'market-hours', everyMinutes: 15 };

const job = (schedule: Schedule): ScheduledJob => ({
  name: 'forecast',
  description: 'Trains',
  schedule,
  queueJob: 'training',
  payload: { symbols: ['0101'] },
  waitsFor: [],
  longestWaitSeconds: 0,
  enabled: true,
});

const queueJobs = ['prediction', 'data-update', 'market-preparation', 'report', 'training'];

let draws = 0;
const random = () => (draws++ * 0.618) % 1;

function open(jobs: readonly ScheduledJob[], ledger = new MemoryRunLedger(), schedules = new MemoryScheduleStore()) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const queue = new InProcessQueue({ ledger, clock: fakeClock, random, concurrency: 2, onError });
  for (const name of queueJobs) queue.register(jobOf(name, async () => ({}), { timeoutSeconds: 600, maxAttempts: 2 }));
  const scheduler = new ExecutionScheduler({ queue, ledger, schedules, clock: fakeClock, jobs, onError });
  const keys = async () => (await ledger.list({ limit: 1000 })).map(({ key }) => key).toReversed();
  return { queue, ledger, scheduler, schedules, keys, errors };
}

async function start(...parts: Parameters<typeof open>) {
  const opened = open(...parts);
  await opened.queue.start();
  await opened.scheduler.start();
  return opened;
}

describe('ExecutionScheduler', () => {
  it('starts each due time once, with its key, its time and the payload of the job', async () => {
    const { ledger, keys } = await start([job(every15Minutes)]);
    await vi.advanceTimersByTimeAsync(2 * hour);
    expect(await keys()).toEqual(
      ['09:00', '09:15', '09:30', '09:45', '10:00'].map((at) => `forecast/2026-11-24T${at}:00`),
    );
    const [newest] = await ledger.list({ limit: 1 });
    expect(newest).toMatchObject({
      job: 'training',
      trigger: 'schedule',
      status: 'succeeded',
      scheduledFor: '2026-11-24T01:00:00.000Z',
      payload: { symbols: ['0101'] },
    });
  });

  it('runs the day of the default jobs: 22 predictions, 66 updates, preparation, report, and those of the evening', async () => {
    const { keys } = await start(defaultJobs);
    await vi.advanceTimersByTimeAsync(24 * hour);
    const counts = Map.groupBy(await keys(), (key) => key.split('/')[0]);
    expect(Object.fromEntries([...counts].map(([name, of]) => [name, of.length]))).toEqual({
      'market-preparation': 1,
      prediction: 22,
      'data-update': 66,
      report: 1,
      'opening-prediction': 1,
      'midday-update': 1,
      'midday-prediction': 1,
      'closing-update': 1,
      'evening-update': 1,
      'evening-prediction': 1,
      'evening-report': 1,
    });
  });

  it.each([
    ['fails', false],
    ['has its answer lost', true],
  ])('runs each due time once, whatever call of the ledger %s', async (_, isDone) => {
    for (let failing = 0; failing < 14; failing += 1) {
      vi.setSystemTime('2026-11-23T23:58:00Z');
      const [ledger, schedules] = [new MemoryRunLedger(), new MemoryScheduleStore()];
      let calls = 0;
      const failingLink = <Target extends object>(target: Target): Target =>
        new Proxy(target, {
          get:
            (far, name) =>
            async (...input: readonly unknown[]) => {
              const fails = calls++ === failing;
              if (fails && !isDone) throw new Error('cut off');
              const method = Reflect.get(far, name) as (...all: readonly unknown[]) => Promise<unknown>;
              const answer = await method.apply(far, [...input]);
              if (fails) throw new Error('cut off');
              return answer;
            },
        });
      const jobs = [job(every15Minutes)];
      const one = open(jobs, failingLink(ledger), failingLink(schedules));
      const other = open(jobs, ledger, schedules);
      await one.scheduler.start().catch(() => one.scheduler.start());
      await other.scheduler.start();
      await vi.advanceTimersByTimeAsync(35 * minute);
      expect(await other.keys()).toEqual(['09:00', '09:15', '09:30'].map((at) => `forecast/2026-11-24T${at}:00`));
      one.scheduler.stop();
      other.scheduler.stop();
    }
  });

  it('starts nothing at its first start for times before it', async () => {
    vi.setSystemTime('2026-11-24T06:00:00Z');
    const { keys } = await start([job({ type: 'daily', at: '08:30' })]);
    expect(await keys()).toEqual([]);
  });

  it('makes up for a time that became due between its first start and the next one', async () => {
    const ledger = new MemoryRunLedger();
    const schedules = new MemoryScheduleStore();
    const daily = job({ type: 'daily', at: '08:30' });
    const first = open([daily], ledger, schedules);
    await first.scheduler.start();
    first.scheduler.stop();
    vi.setSystemTime('2026-11-24T00:00:00Z');
    const second = open([daily], ledger, schedules);
    await second.scheduler.start();
    second.scheduler.stop();
    expect((await ledger.list({ limit: 9 })).map(({ key, trigger }) => `${key} ${trigger}`)).toEqual([
      'forecast/2026-11-24 misfire',
    ]);
  });

  it('starts nothing more once it is stopped', async () => {
    const { scheduler, keys } = await start([job(every15Minutes)]);
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(2 * hour);
    expect(await keys()).toEqual([]);
    expect(scheduler.nextRunAt('forecast')).toBeNull();
  });

  it('reports a due run that cannot be enqueued, and tries it again', async () => {
    const { ledger, keys, errors } = await start([job(every15Minutes)]);
    vi.spyOn(ledger, 'create').mockRejectedValueOnce(new Error('disk full'));
    await vi.advanceTimersByTimeAsync(hour);
    expect(errors).toMatchObject([{ message: 'disk full' }]);
    expect(await keys()).toEqual([]);
    await vi.advanceTimersByTimeAsync(minute);
    expect(await keys()).toEqual(['forecast/2026-11-24T09:00:00']);
  });
});

describe('a disabled job', () => {
  it('is not started, and what was due meanwhile is not made up for once it is enabled', async () => {
    const ledger = new MemoryRunLedger();
    const schedules = new MemoryScheduleStore();
    const daily = job({ type: 'daily', at: '10:00' });
    const off = open([{ ...daily, enabled: false }], ledger, schedules);
    await off.scheduler.start();
    expect(off.scheduler.nextRunAt('forecast')).toBeNull();
    await vi.advanceTimersByTimeAsync(4 * hour);
    off.scheduler.stop();
    const on = open([daily], ledger, schedules);
    await on.scheduler.start();
    await vi.advanceTimersByTimeAsync(hour);
    expect(await on.keys()).toEqual([]);
    expect(on.scheduler.nextRunAt('forecast')).toBe('2026-11-25T01:00:00.000Z');
  });
});

describe('misfires', () => {
  it.each([
    ['2026-11-24T01:20:00Z', 'schedule'],
    ['2026-11-24T01:25:00Z', 'misfire'],
  ])('after downtime until %s: the newest due time runs in place of all', async (restartAt, trigger) => {
    const ledger = new MemoryRunLedger();
    const before = open([job(every15Minutes)], ledger);
    await before.scheduler.start();
    await vi.advanceTimersByTimeAsync(hour);
    before.scheduler.stop();
    vi.setSystemTime(restartAt);
    const after = open([job(every15Minutes)], ledger);
    await after.scheduler.start();
    after.scheduler.stop();
    const runs = await ledger.list({ limit: 100 });
    expect(runs).toMatchObject([
      { key: 'forecast/2026-11-24T10:15:00', trigger, missed: 4 },
      { key: 'forecast/2026-11-24T09:00:00', trigger: 'schedule', missed: 0 },
    ]);
  });

  it('are decided when the clock jumps ahead, as after a sleep of the machine', async () => {
    const { ledger } = await start([job(every15Minutes)]);
    vi.setSystemTime('2026-11-24T01:25:00Z');
    await vi.advanceTimersByTimeAsync(30_000);
    const runs = await ledger.list({ limit: 10 });
    expect(runs.map(({ key, trigger }) => `${key} ${trigger}`)).toEqual(['forecast/2026-11-24T10:15:00 misfire']);
  });

  it('do not make a time run twice when the clock is put back', async () => {
    const { keys } = await start([job(every15Minutes)]);
    await vi.advanceTimersByTimeAsync(80 * minute);
    vi.setSystemTime('2026-11-23T23:50:00Z');
    await vi.advanceTimersByTimeAsync(30 * minute);
    expect(await keys()).toEqual(['forecast/2026-11-24T09:00:00', 'forecast/2026-11-24T09:15:00']);
  });
});

describe('a pause', () => {
  const by = { changedBy: 'somebody', reason: 'the disk is full' };

  it('of one job holds in every scheduler and after a restart; its due times are not made up', async () => {
    const ledger = new MemoryRunLedger();
    const schedules = new MemoryScheduleStore();
    const one = open([job(every15Minutes)], ledger, schedules);
    const other = open([job(every15Minutes)], ledger, schedules);
    await one.scheduler.start();
    await other.scheduler.pause('forecast', by);
    await vi.advanceTimersByTimeAsync(80 * minute);
    one.scheduler.stop();
    expect(await one.keys()).toEqual([]);
    expect((await one.scheduler.jobs())[0]).toMatchObject({
      paused: { at: '2026-11-23T23:00:00.000Z', by: 'somebody', reason: 'the disk is full', all: false },
      nextRunAt: null,
    });
    await vi.advanceTimersByTimeAsync(30 * minute);
    await other.scheduler.resume('forecast', by);
    await other.scheduler.start();
    await vi.advanceTimersByTimeAsync(15 * minute);
    other.scheduler.stop();
    expect(await one.keys()).toEqual(['forecast/2026-11-24T10:00:00']);
  });

  it('that ended while a scheduler was cut off leaves nothing for that one to make up', async () => {
    const schedules = new MemoryScheduleStore();
    const one = open([job(every15Minutes)], new MemoryRunLedger(), schedules);
    const other = open([job(every15Minutes)], one.ledger, schedules);
    await one.scheduler.start();
    await other.scheduler.pause('forecast', by);
    const cutOff = vi.spyOn(schedules, 'list').mockRejectedValue(new Error('cut off'));
    await vi.advanceTimersByTimeAsync(80 * minute);
    await other.scheduler.resume('forecast', by);
    cutOff.mockRestore();
    await vi.advanceTimersByTimeAsync(15 * minute);
    expect(one.errors).not.toEqual([]);
    expect(await one.keys()).toEqual(['forecast/2026-11-24T09:30:00']);
  });

  it('of all jobs holds each of them, also one that is not known yet when it begins', async () => {
    const { scheduler, keys } = open([job(every15Minutes), { ...job({ type: 'daily', at: '08:30' }), name: 'daily' }]);
    await scheduler.pause(undefined, by);
    await scheduler.start();
    await vi.advanceTimersByTimeAsync(65 * minute);
    expect(await keys()).toEqual([]);
    expect((await scheduler.jobs()).map(({ paused }) => paused?.all).slice(0, 2)).toEqual([true, true]);
    await scheduler.resume(undefined, by);
    await vi.advanceTimersByTimeAsync(15 * minute);
    expect(await keys()).toEqual(['forecast/2026-11-24T09:15:00']);
  });
});

describe('continuous work', () => {
  it('starts again after a pause, whenever it has ended', async () => {
    const { scheduler, keys } = await start([job({ type: 'continuous', pauseSeconds: 60 })]);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(await keys()).toEqual(['08:00:00', '08:01:00', '08:02:00'].map((at) => `forecast/2026-11-24T${at}`));
    expect(scheduler.nextRunAt('forecast')).toBe('2026-11-23T23:03:00.000Z');
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(150_000);
    expect(await keys()).toHaveLength(3);
  });

  it('stops after the run that goes on, and reports nothing of it', async () => {
    const { queue, scheduler, keys, errors } = open([
      { ...job({ type: 'continuous', pauseSeconds: 1 }), queueJob: 'evaluation' } as ScheduledJob,
    ]);
    const { calls, handler } = controlledHandler();
    queue.register(jobOf('evaluation', handler, { timeoutSeconds: 3_600 }));
    await queue.start();
    await scheduler.start();
    await vi.advanceTimersByTimeAsync(10);
    expect([calls.length, scheduler.nextRunAt('forecast')]).toEqual([1, null]);
    scheduler.stop();
    calls[0]!.end.resolve({});
    await vi.advanceTimersByTimeAsync(hour);
    expect([await keys(), errors]).toEqual([['forecast/2026-11-24T08:00:00'], []]);
  });

  it('pauses a second where none is asked for, and goes on with a run that was left', async () => {
    const { queue, scheduler, keys, ledger } = open([job({ type: 'continuous', pauseSeconds: 0 })]);
    const left = await queue.enqueue({ job: 'training', key: 'forecast/left', payload: {}, trigger: 'schedule' });
    await scheduler.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(await keys()).toEqual(['forecast/left']);
    await queue.start();
    await queue.finished(left.id);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(await keys()).toEqual(['forecast/left', 'forecast/2026-11-24T08:00:01', 'forecast/2026-11-24T08:00:02']);
    expect((await ledger.list({ limit: 9 })).map(({ trigger }) => trigger)).toEqual(Array(3).fill('schedule'));
    scheduler.stop();
  });

  it('does not start while it is paused, nor where it is disabled', async () => {
    const schedules = new MemoryScheduleStore();
    const continuous = job({ type: 'continuous', pauseSeconds: 60 });
    const { scheduler, keys } = await start([continuous], new MemoryRunLedger(), schedules);
    await scheduler.pause('forecast', { changedBy: 'somebody', reason: null });
    await vi.advanceTimersByTimeAsync(10 * minute);
    const before = await keys();
    expect(before.length).toBeLessThanOrEqual(1);
    await scheduler.resume('forecast', { changedBy: 'somebody', reason: null });
    await vi.advanceTimersByTimeAsync(minute);
    expect(await keys()).toHaveLength(before.length + 1);
    scheduler.stop();
    const off = await start([{ ...continuous, enabled: false }]);
    await vi.advanceTimersByTimeAsync(hour);
    expect(await off.keys()).toEqual([]);
  });
});

describe('jobs', () => {
  it('lists the scheduled jobs, then those of the queue that start only on demand', async () => {
    const { scheduler } = await start([job({ type: 'daily', at: '08:30' })]);
    await vi.advanceTimersByTimeAsync(hour);
    const [forecast, ...others] = await scheduler.jobs();
    expect(forecast).toMatchObject({
      name: 'forecast',
      schedule: { type: 'daily', description: 'every trading day at 08:30 Japan time' },
      enabled: true,
      timeoutSeconds: 600,
      maxAttempts: 2,
      nextRunAt: '2026-11-24T23:30:00.000Z',
      lastRun: { key: 'forecast/2026-11-24', status: 'succeeded' },
    });
    expect(others.map(({ name, schedule, nextRunAt }) => [name, schedule.type, nextRunAt])).toEqual(
      queueJobs.map((name) => [name, 'on-demand', null]),
    );
  });

  it('says what is asked for that it does not have, and what is started in a way of its own', async () => {
    const { queue, scheduler } = open([job(every15Minutes)]);
    queue.register(jobOf('fetch', async () => ({}), { startedBy: 'POST /v1/fetch', asksFirst: true }));
    const by = { changedBy: 'somebody', reason: null };
    const known = ['forecast', ...queueJobs, 'fetch'].join(', ');
    expect(() => scheduler.nextRunAt('x')).toThrow(`there is no job "x"; the jobs are ${known}`);
    await expect(scheduler.pause('x', by)).rejects.toMatchObject({ code: 'job.unknown' });
    await expect(scheduler.pause('report', by)).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'job report is started only on demand, so there is nothing to pause',
    });
    await expect(scheduler.runNow('fetch')).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'job fetch is not started by its name: use POST /v1/fetch',
    });
    const jobs = await scheduler.jobs();
    expect(jobs.map(({ name, asksFirst, enabled }) => [name, asksFirst, enabled])).toEqual([
      // Nothing is started by the clock before the scheduler is.
      ['forecast', false, true],
      ...queueJobs.map((name) => [name, false, true]),
      ['fetch', true, true],
    ]);
    expect(jobs[0]).toMatchObject({ nextRunAt: null, lastRun: null, origin: 'platform', waitsFor: [], paused: null });
  });

  it('has neither time nor attempts of a job that no process of the queue has', async () => {
    const { scheduler } = open([{ ...job(every15Minutes), queueJob: 'backup', origin: 'added' } as ScheduledJob]);
    expect((await scheduler.jobs())[0]).toMatchObject({
      enabled: false,
      timeoutSeconds: 0,
      maxAttempts: 0,
      asksFirst: false,
      origin: 'added',
    });
    await expect(scheduler.runNow('forecast')).rejects.toMatchObject({ code: 'job.unknown' });
  });

  it('can be started now; asking again while it waits gives the same run', async () => {
    const { queue, scheduler } = open([job(every15Minutes)]);
    const run = await scheduler.runNow('forecast', { seed: 3 });
    expect(run).toMatchObject({ job: 'training', trigger: 'manual', payload: { symbols: ['0101'], seed: 3 } });
    expect((await scheduler.runNow('forecast', { seed: 3 })).id).toBe(run.id);
    expect((await scheduler.runNow('training')).job).toBe('training');
    await queue.start();
    await queue.finished(run.id);
    expect((await scheduler.runNow('forecast', { seed: 3 })).id).not.toBe(run.id);
    expect((await scheduler.history('forecast', 10)).map(({ trigger }) => trigger)).toEqual(['manual', 'manual']);
  });
});
