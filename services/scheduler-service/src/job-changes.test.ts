import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  jobChangedSchema,
  jobChangeListSchema,
  jobFileSchema,
  jobListSchema,
  jobsImportedSchema,
  parseSettings,
  problemSchema,
} from '@daytrade/contracts';
import { type Clock, InProcessQueue, jobCatalogue } from '@daytrade/jobs';
import { createLogger, type Service } from '@daytrade/service-kit';
import { openStores, type Stores } from '@daytrade/storage';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchedulerService } from './app.ts';

/** Wednesday 2026-11-25, 10:00 in Japan. */
const now = Date.parse('2026-11-25T01:00:00Z');
const clock: Clock = { now: () => now, setTimeout, clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) };
let folder: string;
let stores: Stores;
let queue: InProcessQueue;
let service: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'job-changes-'));
  const state = await newState(join(folder, 'state'));
  stores = await openStores({ folder: state, purpose: 'scheduler-service tests', now: () => now });
  const onError = (error: unknown) => expect.unreachable(String(error));
  queue = new InProcessQueue({ ledger: stores.runs, clock, random: Math.random, concurrency: 1, onError });
  for (const outline of Object.values(jobCatalogue)) queue.register({ ...outline, handler: async () => ({}) });
  const logger = createLogger({ level: 'silent' });
  const parts = { settings: parseSettings({}), version: '1.2.3', stores, queue, clock, random: Math.random, logger };
  service = await createSchedulerService(parts);
});
afterAll(async () => {
  await service.close();
  await queue.stop(1);
  await stores.close();
  await rm(folder, { recursive: true });
});

const post = async (url: string, payload: object) => (await service.inject({ method: 'POST', url, payload })).json();
const job = async (name: string) =>
  jobListSchema.parse((await service.inject('/v1/jobs')).json()).jobs.find((listed) => listed.name === name);
const by = 'somebody';
const update = { name: 'noon-update', queueJob: 'data-update', schedule: { type: 'daily', at: '12:00' }, by };

describe('jobs that are set', () => {
  it('are added after a dry run that keeps nothing, changed, switched off and removed, each with its author', async () => {
    const dry = jobChangedSchema.parse(await post('/v1/jobs', { ...update, dryRun: true }));
    expect(dry).toMatchObject({ dryRun: true, job: null, change: { action: 'added' } });
    expect(await job('noon-update')).toBeUndefined();
    const added = jobChangedSchema.parse(await post('/v1/jobs', { ...update, reason: 'lunch' }));
    expect(added.job).toMatchObject({ origin: 'added', enabled: true, schedule: { type: 'daily' } });
    const off = await post('/v1/jobs/noon-update/changes', { enabled: false, by });
    expect(jobChangedSchema.parse(off)).toMatchObject({ change: { action: 'changed' }, job: { enabled: false } });
    expect(await post('/v1/jobs/noon-update/changes', { enabled: false, by })).toMatchObject({ change: null });
    expect(await post('/v1/jobs/noon-update/reset', { by })).toMatchObject({
      change: { action: 'removed' },
      job: null,
    });
    expect(await job('noon-update')).toBeUndefined();
    const { changes } = jobChangeListSchema.parse((await service.inject('/v1/jobs/changes?job=noon-update')).json());
    expect(changes.map(({ action, by: who, reason }) => [action, who, reason])).toEqual([
      ['removed', by, null],
      ['changed', by, null],
      ['added', by, 'lunch'],
    ]);
  });

  it('change when a job of the platform runs, until it is reset', async () => {
    await post('/v1/jobs/evening-update/changes', { schedule: { type: 'daily', at: '17:30' }, by });
    expect(await job('evening-update')).toMatchObject({
      origin: 'changed',
      schedule: { description: 'every trading day at 17:30 Japan time' },
    });
    expect(await post('/v1/jobs/evening-update/reset', { by })).toMatchObject({
      change: { action: 'reset' },
      job: { origin: 'platform', schedule: { description: 'every trading day at 16:45 Japan time' } },
    });
  });

  it('come from a file as a whole, after a dry run that keeps nothing, and go back into one', async () => {
    const fileOf = async () => jobFileSchema.parse((await service.inject('/v1/jobs/file')).json()).jobs;
    const noon = { queueJob: 'data-update', schedule: { type: 'daily', at: '12:00' } } as const;
    const after = { ...noon, waitsFor: [{ job: 'noon-update', ifFailed: 'skip' }] } as const;
    const jobs = { 'noon-again': after, 'noon-update': noon, retraining: { enabled: false } };
    const names = (answer: unknown) =>
      jobsImportedSchema.parse(answer).changes.map(({ job, action }) => `${job} ${action}`);
    const all = ['noon-again added', 'noon-update added', 'retraining changed'];
    expect(names(await post('/v1/jobs/file', { jobs, by, dryRun: true }))).toEqual(all);
    expect(await fileOf()).toEqual({});
    expect(names(await post('/v1/jobs/file', { jobs, by, reason: 'as in Tokyo' }))).toEqual(all);
    expect(await fileOf()).toEqual(jobs);
    expect(await job('retraining')).toMatchObject({ enabled: false, origin: 'changed' });
    expect(names(await post('/v1/jobs/file', { jobs: await fileOf(), by, replace: true }))).toEqual([]);
    const { changes } = jobChangeListSchema.parse((await service.inject('/v1/jobs/changes?job=retraining')).json());
    expect(changes[0]).toMatchObject({ action: 'changed', by, reason: 'as in Tokyo' });
    const less = await post('/v1/jobs/file', { jobs: { retraining: {}, 'noon-update': noon }, by, replace: true });
    expect(names(less)).toEqual(['retraining reset', 'noon-again removed']);
    expect(names(await post('/v1/jobs/file', { jobs: {}, by, replace: true }))).toEqual(['noon-update removed']);
    expect(await fileOf()).toEqual({});
  });

  it.each([
    [{ 'noon-update': { schedule: { type: 'daily', at: '12:00' } } }, /noon-update: queueJob: expected the job/],
    [{ 'noon-update': { queueJob: 'data-update' } }, /noon-update: schedule: expected when it runs/],
    [{ report: { queueJob: 'audit' } }, /report: queueJob: a job of the platform/],
    [{ report: { waitsFor: [{ job: 'nothing', ifFailed: 'run' }] } }, /there is no scheduled job nothing/],
    [{ report: { weekday: 'sunday' } }, /weekday/],
    [{ retraining: { enabled: false }, report: { payload: { force: true } } }, /force/],
  ])('a file with %j is refused as a whole', async (jobs, detail) => {
    const problem = problemSchema.parse(await post('/v1/jobs/file', { jobs, by }));
    expect([problem.status, problem.detail]).toEqual([400, expect.stringMatching(detail)]);
    expect(await job('retraining')).toMatchObject({ enabled: true });
  });

  it.each([
    ['/v1/jobs', { ...update, name: 'Noon' }, 400, /name: expected small letters/],
    ['/v1/jobs', { ...update, name: 'report' }, 400, /there is a job report already/],
    ['/v1/jobs', { ...update, queueJob: 'fetch' }, 400, /fetch is started by POST/],
    ['/v1/jobs', { ...update, schedule: { type: 'daily', at: '24:00' } }, 400, /expected a time of day as HH:MM/],
    ['/v1/jobs', { ...update, payload: { force: true } }, 400, /force/],
    ['/v1/jobs/nothing/changes', { enabled: false, by }, 404, /no job "nothing"/],
    ['/v1/jobs/report/changes', { by }, 400, /expected one of description, schedule/],
    ['/v1/jobs/report/changes', { enabled: false }, 400, /by/],
  ])('%s refuses %j', async (url, payload, status, detail) => {
    const problem = problemSchema.parse(await post(url, payload));
    expect([problem.status, problem.detail]).toEqual([status, expect.stringMatching(detail)]);
  });
});
