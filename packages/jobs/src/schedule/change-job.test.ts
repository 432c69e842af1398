import { type JobSettings, jsonObjectSchema } from '@daytrade/contracts';
import { describe, expect, it, vi } from 'vitest';
import { jobCatalogue } from '../job-catalogue.ts';
import { InProcessQueue } from '../queue/in-process/in-process-queue.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryJobDefinitionStore } from '../testing/memory-job-definition-store.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { MemoryScheduleStore } from '../testing/memory-schedule-store.ts';
import { ExecutionScheduler } from './execution-scheduler.ts';
import type { ScheduledJob } from './schedule.ts';
import type { ScheduleStore } from './schedule-store.ts';

// Tuesday 2026-11-24, a session, 08:00 in Japan.
stopTimeAt('2026-11-23T23:00:00Z');

const minute = 60_000;
const hour = 60 * minute;
const somebody = { by: 'somebody', reason: 'a test', dryRun: false };

const forecast: ScheduledJob = {
  name: 'forecast',
  description: 'Trains',
  schedule: { type: 'daily', at: '10:00' },
  queueJob: 'training',
  payload: {},
  misfirePolicy: 'run-once',
  misfireGraceSeconds: 300,
  ofSession: false,
  waitsFor: [],
  longestWaitSeconds: 0,
  enabled: true,
};

let draws = 0;
const random = () => (draws++ * 0.618) % 1;

interface Stores {
  readonly ledger: MemoryRunLedger;
  readonly schedules: ScheduleStore;
  readonly definitions: MemoryJobDefinitionStore;
}

function openStores(): Stores {
  const ledger = new MemoryRunLedger();
  return { ledger, schedules: new MemoryScheduleStore(), definitions: new MemoryJobDefinitionStore() };
}

async function open(stores: Stores = openStores()) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const queue = new InProcessQueue({ ledger: stores.ledger, clock: fakeClock, random, concurrency: 2, onError });
  for (const outline of [jobCatalogue.training, jobCatalogue.audit, jobCatalogue.fetch]) {
    queue.register({ ...outline, handler: async () => ({}) });
  }
  queue.register({
    ...jobCatalogue['data-update'],
    payload: jsonObjectSchema,
    handler: async () => ({}),
  });
  await queue.start();
  const scheduler = new ExecutionScheduler({
    queue,
    ...stores,
    clock: fakeClock,
    random,
    jobs: [forecast],
    onError,
  });
  await scheduler.start();
  const keys = async () => (await stores.ledger.list({ limit: 1000 })).map(({ key }) => key).toReversed();
  return { stores, scheduler, keys, errors };
}

const hourly: JobSettings = { queueJob: 'data-update', schedule: { type: 'hourly', minute: 15 } };

describe('a job that is added', () => {
  it('is started by the clock from then on, here and in another scheduler, and after a restart', async () => {
    const { stores, scheduler, keys } = await open();
    const other = await open(stores);
    const change = await scheduler.set({ action: 'add', name: 'check', settings: hourly }, somebody);
    expect(change).toEqual({
      at: '2026-11-23T23:00:00.000Z',
      by: 'somebody',
      job: 'check',
      action: 'added',
      before: null,
      after: hourly,
      reason: 'a test',
    });
    expect(scheduler.nextRunAt('check')).toBe('2026-11-23T23:15:00.000Z');
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(hour);
    expect(await keys()).toEqual(['check/2026-11-24T08:15:00']);
    other.scheduler.stop();
    const after = await open(stores);
    await vi.advanceTimersByTimeAsync(hour);
    const both = ['check/2026-11-24T08:15:00', 'check/2026-11-24T09:15:00'];
    expect(await keys()).toEqual([...both, 'forecast/2026-11-24']);
    expect((await after.scheduler.jobs()).find(({ name }) => name === 'check')).toMatchObject({
      origin: 'added',
      enabled: true,
      schedule: { type: 'hourly', description: 'every hour at minute 15' },
    });
    expect([...after.errors, ...other.errors]).toEqual([]);
    after.scheduler.stop();
  });

  it('is started also when it is seen while another one is begun to be followed', async () => {
    const stores = openStores();
    const other = await open(stores);
    let meanwhile = async () => undefined as unknown;
    const schedules: ScheduleStore = {
      list: async () => {
        const once = meanwhile;
        meanwhile = async () => undefined;
        await once();
        return await stores.schedules.list();
      },
      serve: (...input) => stores.schedules.serve(...input),
      switch: (...input) => stores.schedules.switch(...input),
    };
    const { scheduler, keys } = await open({ ...stores, schedules });
    meanwhile = async () => {
      await other.scheduler.set({ action: 'add', name: 'second', settings: hourly }, somebody);
      other.scheduler.stop();
      // What is refused reads the jobs too, and follows none.
      const taken = scheduler.set({ action: 'add', name: 'forecast', settings: hourly }, somebody);
      await expect(taken).rejects.toMatchObject({ code: 'input.invalid' });
    };
    await scheduler.set({ action: 'add', name: 'check', settings: hourly }, somebody);
    await vi.advanceTimersByTimeAsync(hour);
    expect(await keys()).toEqual(['check/2026-11-24T08:15:00', 'second/2026-11-24T08:15:00']);
    scheduler.stop();
  });

  it('may run again and again, and is removed for good', async () => {
    const { scheduler, keys } = await open();
    const settings: JobSettings = { queueJob: 'data-update', schedule: { type: 'continuous', pauseSeconds: 600 } };
    await scheduler.set({ action: 'add', name: 'steady', settings }, somebody);
    await vi.advanceTimersByTimeAsync(25 * minute);
    expect(await keys()).toHaveLength(3);
    expect(await scheduler.set({ action: 'reset', name: 'steady' }, somebody)).toMatchObject({ action: 'removed' });
    await vi.advanceTimersByTimeAsync(hour);
    expect(await keys()).toHaveLength(3);
    expect((await scheduler.jobs()).map(({ name }) => name)).not.toContain('steady');
    scheduler.stop();
  });

  it.each<[string, string, JobSettings, RegExp]>([
    ['a name that is taken', 'forecast', hourly, /there is a job forecast already/],
    [
      'a job that there is not',
      'check',
      { ...hourly, queueJob: 'trading' },
      /no job "trading" .*; the jobs are training/,
    ],
    ['a job with a way of its own', 'check', { ...hourly, queueJob: 'fetch' }, /fetch is started by POST/],
    ['the name of another job', 'audit', hourly, /audit is a job of the queue, and this one starts data-update/],
    [
      'a time that is none',
      'check',
      { queueJob: 'audit', schedule: { type: 'daily', at: '25:00' } },
      /schedule.at: expected a time of day as HH:MM, got "25:00"/,
    ],
    ['a payload that the job does not take', 'check', { ...hourly, queueJob: 'training', payload: { sed: 1 } }, /sed/],
    [
      'a wait for nothing',
      'check',
      { ...hourly, waitsFor: [{ job: 'nothing', ifFailed: 'skip' }] },
      /waitsFor: there is no scheduled job nothing; there are forecast/,
    ],
    ['a wait for itself', 'check', { ...hourly, waitsFor: [{ job: 'check', ifFailed: 'run' }] }, /wait for itself/],
  ])('with %s is refused, and nothing is kept', async (_, name, settings, message) => {
    const { stores, scheduler } = await open();
    await expect(scheduler.set({ action: 'add', name, settings }, somebody)).rejects.toThrow(message);
    expect(await stores.definitions.list()).toEqual([]);
    scheduler.stop();
  });
});

describe('a job of the platform', () => {
  it('is followed by its new schedule, and is what it was after a reset; each change is kept', async () => {
    const { stores, scheduler, keys } = await open();
    const change = (settings: JobSettings) => scheduler.set({ action: 'change', name: 'forecast', settings }, somebody);
    await change({ schedule: { type: 'market-hours', everyMinutes: 30 } });
    await vi.advanceTimersByTimeAsync(90 * minute);
    expect(await keys()).toEqual(['forecast/2026-11-24T09:00:00', 'forecast/2026-11-24T09:30:00']);
    await change({ description: 'Trains often' });
    expect(await scheduler.set({ action: 'reset', name: 'forecast' }, somebody)).toMatchObject({ action: 'reset' });
    expect(scheduler.nextRunAt('forecast')).toBe('2026-11-24T01:00:00.000Z');
    expect(await scheduler.set({ action: 'reset', name: 'forecast' }, somebody)).toBeUndefined();
    const changes = await scheduler.changes({ limit: 10 });
    expect(changes.map(({ action, after }) => [action, Object.keys(after ?? {})])).toEqual([
      ['reset', []],
      ['changed', ['schedule', 'description']],
      ['changed', ['schedule']],
    ]);
    expect(await stores.definitions.list()).toEqual([]);
    scheduler.stop();
  });

  it('is switched off for good, and what was due meanwhile is not made up for', async () => {
    const { stores, scheduler, keys } = await open();
    const change = (enabled: boolean) =>
      scheduler.set({ action: 'change', name: 'forecast', settings: { enabled } }, somebody);
    await change(false);
    expect(await change(false)).toBeUndefined();
    scheduler.stop();
    const again = await open(stores);
    await vi.advanceTimersByTimeAsync(4 * hour);
    expect(await keys()).toEqual([]);
    expect((await again.scheduler.jobs())[0]).toMatchObject({ origin: 'changed', enabled: false, nextRunAt: null });
    await again.scheduler.set({ action: 'change', name: 'forecast', settings: { enabled: true } }, somebody);
    await vi.advanceTimersByTimeAsync(hour);
    expect(await keys()).toEqual([]);
    expect(again.scheduler.nextRunAt('forecast')).toBe('2026-11-25T01:00:00.000Z');
    again.scheduler.stop();
  });

  it('does not make up for due times of a schedule that it did not have then', async () => {
    const { stores, scheduler, keys } = await open();
    scheduler.stop();
    await vi.advanceTimersByTimeAsync(5 * hour);
    const later = await open(stores);
    await later.scheduler.set(
      { action: 'change', name: 'forecast', settings: { schedule: { type: 'hourly', minute: 30 } } },
      somebody,
    );
    later.scheduler.stop();
    const before = await keys();
    const again = await open(stores);
    expect(await keys()).toEqual(before);
    again.scheduler.stop();
  });

  it('waits for nothing that waits for it', async () => {
    const { scheduler } = await open();
    const waitsFor = [{ job: 'forecast', ifFailed: 'skip' as const }];
    await scheduler.set({ action: 'add', name: 'check', settings: { ...hourly, waitsFor } }, somebody);
    const circle = { waitsFor: [{ job: 'check', ifFailed: 'skip' as const }] };
    await expect(scheduler.set({ action: 'change', name: 'forecast', settings: circle }, somebody)).rejects.toThrow(
      /forecast waits for check waits for forecast, without end/,
    );
    await expect(scheduler.set({ action: 'reset', name: 'nobody' }, somebody)).rejects.toThrow(/no job "nobody"/);
    scheduler.stop();
  });

  it('is not kept in a dry run, which is checked all the same', async () => {
    const { stores, scheduler } = await open();
    const dry = { ...somebody, dryRun: true };
    const settings: JobSettings = { schedule: { type: 'daily', at: '11:00' } };
    expect(await scheduler.set({ action: 'change', name: 'forecast', settings }, dry)).toMatchObject({
      before: null,
      after: settings,
    });
    expect(await stores.definitions.list()).toEqual([]);
    expect(scheduler.nextRunAt('forecast')).toBe('2026-11-24T01:00:00.000Z');
    scheduler.stop();
  });
});

it('what is kept of a job and makes none is named, and the others go on', async () => {
  const stores = openStores();
  const broken = { at: '', by: '', job: 'broken', action: 'added', before: null, after: {}, reason: null } as const;
  await stores.definitions.save(broken);
  const { scheduler, errors } = await open(stores);
  expect(errors).toMatchObject([{ code: 'state.damaged' }]);
  expect(scheduler.nextRunAt('forecast')).toBe('2026-11-24T01:00:00.000Z');
  scheduler.stop();
});
