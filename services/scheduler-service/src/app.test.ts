import {
  jobListSchema,
  parseSettings,
  problemSchema,
  type Run,
  runAcceptedSchema,
  runListSchema,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { defaultJobs, type InProcessQueue, type JobDefinition, jobCatalogue } from '@daytrade/jobs';
import { clockAt, jobOf, queueOn } from '@daytrade/jobs/testing';
import { createLogger, drain, listen, type Service } from '@daytrade/service';
import type { Stores } from '@daytrade/storage';
import { newStores } from '@daytrade/storage/testing';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchedulerService } from './app.ts';

/** Wednesday 2026-11-25, 10:00 in Japan. */
let now = Date.parse('2026-11-25T01:00:00Z');
const clock = clockAt(() => now);
const settings = parseSettings({});
const version = '1.2.3';
const warned: unknown[] = [];
const destination = { write: (line: string) => void warned.push((JSON.parse(line) as { runId?: string }).runId) };
const logger = createLogger({ level: 'warn', destination });

const job = (name: string, handler: JobDefinition['handler'], rest: Partial<JobDefinition> = {}) =>
  jobOf(name, handler, { timeoutSeconds: 60, maxAttempts: 1, backoffSeconds: 1, ...rest });

let stores: Stores;
let queue: InProcessQueue;
let service: Service;
const predicted: unknown[] = [];

beforeAll(async () => {
  stores = await newStores(() => clock.now());
  queue = queueOn(stores.runs, clock);
  queue.register(
    job('prediction', async ({ payload }) => {
      predicted.push(payload);
      return { predictions: 60 };
    }),
  );
  queue.register(
    job('fetch', async () => {
      throw new DayTradeError('data.folder-unreadable', 'folder: /nowhere cannot be read', {
        details: { field: 'folder' },
      });
    }),
  );
  queue.register(
    job(
      'training',
      ({ signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    ),
  );
  queue.register(job('evaluation', async () => ({}), { payload: jobCatalogue.evaluation.payload }));
  queue.register(job('import', async () => ({}), { startedBy: 'POST /v1/imports' }));
  await queue.start();
  service = await createSchedulerService({ settings, version, stores, queue, clock, logger });
});

afterAll(async () => {
  await service.close();
  await queue.stop(1);
  await stores.close();
});

const get = async (url: string) => (await service.inject(url)).json<unknown>();
const problem = async (request: string | InjectOptions) => problemSchema.parse((await service.inject(request)).json());

async function startRun(name: string, payload?: object) {
  now += 1;
  const answer = await service.inject({
    method: 'POST',
    url: `/v1/jobs/${name}/runs`,
    ...(payload === undefined ? {} : { payload }),
  });
  expect(answer.statusCode).toBe(202);
  return runAcceptedSchema.parse(answer.json()).run;
}

describe('/v1/jobs', () => {
  it('lists the jobs with their schedules in Japan time, and the queue jobs beside them', async () => {
    const { jobs } = jobListSchema.parse(await get('/v1/jobs'));
    expect(jobs).toHaveLength(defaultJobs.length + 4);
    expect(jobs.map(({ name, schedule }) => [name, schedule.description])).toEqual(
      expect.arrayContaining([
        ['prediction', 'every 15 minutes in market hours, not at lunch'],
        ['retraining', 'every Sunday at 02:00 Japan time'],
        ['import', 'when asked for'],
      ]),
    );
  });

  it('runs a scheduled job and a job of the queue by name, and shows the last run', async () => {
    const run = await startRun('prediction', { payload: { symbols: ['7203'] } });
    expect(run).toMatchObject({ job: 'prediction', trigger: 'manual', payload: { symbols: ['7203'] } });
    await queue.finished(run.id);
    expect(predicted).toContainEqual({ symbols: ['7203'] });
    const { jobs } = jobListSchema.parse(await get('/v1/jobs'));
    expect(jobs.find(({ name }) => name === 'prediction')?.lastRun).toMatchObject({ id: run.id, status: 'succeeded' });
    expect((await startRun('retraining')).job).toBe('training');
  });

  it('keeps with the run which request asked for it', async () => {
    const headers = { 'x-request-id': 'asked-by-hand' };
    const answer = await service.inject({ method: 'POST', url: '/v1/jobs/prediction/runs', headers });
    const { run } = runAcceptedSchema.parse(answer.json());
    expect(run.requestId).toBe('asked-by-hand');
    await queue.finished(run.id);
    expect(runAcceptedSchema.parse(await get(`/v1/runs/${run.id}`)).run.requestId).toBe('asked-by-hand');
  });

  it('refuses a job that does not exist, and one that nobody can run', async () => {
    expect(await problem({ method: 'POST', url: '/v1/jobs/nonsense/runs' })).toMatchObject({
      status: 404,
      code: 'job.unknown',
      detail: expect.stringContaining('"nonsense"') as string,
    });
    expect(await problem({ method: 'POST', url: '/v1/jobs/report/runs' })).toMatchObject({
      status: 404,
      code: 'job.unknown',
    });
  });

  it('refuses a payload that is not what the job takes, before it promises anything', async () => {
    const post = (payload: unknown, name = 'evaluation') =>
      problem({ method: 'POST', url: `/v1/jobs/${name}/runs`, payload: { payload } });
    expect(await post({ seed: 'one' })).toMatchObject({
      status: 400,
      code: 'input.invalid',
      detail: expect.stringMatching(/^payload.seed: /) as string,
      details: { fields: [{ field: 'payload.seed' }] },
    });
    expect((await post({ seedd: 1 })).detail).toContain('seedd');
    const large = await post({ symbols: Array(20_000).fill('7203') });
    expect(large).toMatchObject({ status: 413, code: 'input.too-large' });
    expect(await post({ provider: 'synthetic' }, 'import')).toMatchObject({
      status: 400,
      detail: 'job import is not started by its name: use POST /v1/imports',
    });
    const { runs } = runListSchema.parse(await get('/v1/runs?job=evaluation'));
    expect(runs).toEqual([]);
  });
});

describe('/v1/runs', () => {
  it('lists runs newest first, by job, status and number', async () => {
    const run = await startRun('fetch', { payload: { provider: 'csv', folder: '/nowhere' } });
    await queue.finished(run.id);
    const all = runListSchema.parse(await get('/v1/runs')).runs;
    expect(all[0]?.id).toBe(run.id);
    const failed = runListSchema.parse(await get('/v1/runs?status=failed&job=fetch')).runs;
    expect(failed.map(({ id }) => id)).toEqual([run.id]);
    expect(runListSchema.parse(await get('/v1/runs?limit=1')).runs).toHaveLength(1);
  });

  it('gives one run with the error that ended it and the payload it had', async () => {
    const { id } = runListSchema.parse(await get('/v1/runs?status=failed')).runs[0] as { id: string };
    const { run } = runAcceptedSchema.parse(await get(`/v1/runs/${id}`));
    expect(run).toMatchObject({
      status: 'failed',
      payload: { folder: '/nowhere' },
      error: {
        code: 'data.folder-unreadable',
        message: 'folder: /nowhere cannot be read',
        details: { field: 'folder' },
      },
    });
  });

  it('cancels a run', async () => {
    const run = await startRun('training', { payload: { seed: 7 } });
    const answer = await service.inject({ method: 'POST', url: `/v1/runs/${run.id}/cancellation` });
    expect(answer.statusCode).toBe(202);
    expect((await queue.finished(run.id)).status).toBe('cancelled');
  });

  it('leaves a row out that cannot be read, and names it where it is asked for', async () => {
    const odd = runListSchema.parse(await get('/v1/runs?status=failed')).runs[0] as Run;
    const { id } = odd;
    await stores.runs.create({ ...odd, id: 'r-odd-status', key: 'odd/1', status: 'paused' as 'failed' });
    await stores.runs.create({
      ...odd,
      id: 'r-odd-payload',
      key: 'odd/2',
      payload: 'text' as unknown as typeof odd.payload,
    });
    const { runs } = runListSchema.parse(await get('/v1/runs?job=fetch'));
    expect(runs.map((run) => run.id)).toContain(id);
    expect(runs.filter((run) => run.id.startsWith('r-odd'))).toEqual([]);
    expect(warned).toEqual(expect.arrayContaining(['r-odd-status', 'r-odd-payload']));
    expect(await problem('/v1/runs/r-odd-payload')).toMatchObject({
      code: 'state.damaged',
      status: 500,
      detail: expect.stringMatching(/^run r-odd-payload cannot be read: payload: /) as string,
    });
  });
});

describe('the metrics', () => {
  it('count runs by job and end, and those that wait', async () => {
    const { body } = await service.inject('/metrics');
    expect(body).toMatch(/daytrade_runs_finished_total\{job="prediction",status="succeeded"\} [1-9]/);
    expect(body).toMatch(/daytrade_runs_finished_total\{job="fetch",status="failed"\} 1/);
    expect(body).toMatch(/daytrade_run_duration_seconds_count\{job="fetch"\} 1/);
    expect(body).toMatch(/daytrade_run_duration_seconds_sum\{job="fetch"\} 0\n/);
    expect(body).toContain('daytrade_runs_queued 0');
  });
});

describe('the clock', () => {
  it('starts due jobs while the service listens, only those that the process can run, and stops when it drains', async () => {
    now = Date.parse('2026-11-26T00:00:00Z');
    const listening = await createSchedulerService({ settings, version, stores, queue, clock, logger });
    const enabled = async () => jobListSchema.parse((await listening.inject('/v1/jobs')).json()).jobs;
    expect((await enabled()).map(({ nextRunAt }) => nextRunAt).filter((at) => at !== null)).toEqual([]);
    await listen(listening, { host: '127.0.0.1', port: 0 });
    const withTimes = (await enabled()).filter(({ nextRunAt }) => nextRunAt !== null);
    expect(withTimes.map(({ name, nextRunAt }) => [name, nextRunAt])).toEqual([
      ['prediction', '2026-11-26T00:15:00.000Z'],
      ['opening-prediction', '2026-11-26T00:05:00.000Z'],
      ['midday-prediction', '2026-11-26T02:30:00.000Z'],
      ['evening-prediction', '2026-11-26T07:45:00.000Z'],
      ['retraining', '2026-11-28T17:00:00.000Z'],
    ]);
    await drain(listening, { drainSeconds: 1 });
  });

  it('is not followed when the setting switches it off', async () => {
    const off = parseSettings({ DAYTRADE_SCHEDULER_ENABLED: 'false' });
    const listening = await createSchedulerService({ settings: off, version, stores, queue, clock, logger });
    await listen(listening, { host: '127.0.0.1', port: 0 });
    const { jobs } = jobListSchema.parse((await listening.inject('/v1/jobs')).json());
    expect(jobs.map(({ nextRunAt }) => nextRunAt).filter((at) => at !== null)).toEqual([]);
    await drain(listening, { drainSeconds: 1 });
  });
});

describe('the scaling of the workers', () => {
  it.each([
    ['max=8,deployment=predictors', ['the workers could not be scaled: the scale of predictors cannot be asked']],
    [undefined, []],
  ])('is tried for the setting %s', async (scaling, expected) => {
    const scaled = parseSettings({ DAYTRADE_SCHEDULER_ENABLED: 'false', DAYTRADE_WORKER_SCALING: scaling });
    const warnings: string[] = [];
    const write = (line: string) => {
      const { msg, err } = JSON.parse(line) as { msg: string; err?: { message: string } };
      warnings.push(`${msg}: ${err?.message.split(':')[0]}`);
    };
    const listening = await createSchedulerService({
      settings: scaled,
      version,
      stores,
      queue,
      clock,
      logger: createLogger({ level: 'warn', destination: { write } }),
    });
    await listen(listening, { host: '127.0.0.1', port: 0 });
    if (expected.length > 0) await expect.poll(() => warnings).toEqual(expected);
    await drain(listening, { drainSeconds: 1 });
    expect(warnings).toEqual(expected);
  });
});

describe('a pause', () => {
  const post = async (url: string, payload: object) => await service.inject({ method: 'POST', url, payload });

  it('of one job or of all is kept with who and why, and ends', async () => {
    const paused = async (url: string, payload: object) =>
      jobListSchema.parse((await post(url, payload)).json()).jobs.flatMap(({ name, paused }) => (paused ? [name] : []));
    const by = { by: 'somebody@here', reason: 'the disk is full' };
    expect(await paused('/v1/jobs/prediction/pause', by)).toEqual(['prediction']);
    const [prediction] = jobListSchema.parse(await get('/v1/jobs')).jobs;
    expect(prediction?.paused).toEqual({ at: new Date(now).toISOString(), ...by, all: false });
    expect(await paused('/v1/scheduler/pause', by)).toHaveLength(19);
    expect(await paused('/v1/scheduler/resumption', by)).toEqual(['prediction']);
    expect(await paused('/v1/jobs/prediction/resumption', by)).toEqual([]);
  });

  it('must have somebody who asks for it, and a job', async () => {
    expect((await post('/v1/jobs/prediction/pause', {})).json()).toMatchObject({ code: 'input.invalid' });
    expect((await post('/v1/jobs/nightly/pause', { by: 'me' })).json()).toMatchObject({ code: 'job.unknown' });
    expect((await post('/v1/jobs/training/pause', { by: 'me' })).json()).toMatchObject({ code: 'input.invalid' });
  });
});

describe('a run that failed', () => {
  const replay = async (id: string) => await service.inject({ method: 'POST', url: `/v1/runs/${id}/replay` });
  const dead = async () => runListSchema.parse(await get('/v1/runs?dead=true')).runs.map(({ id }) => id);

  it('is dead until it is replayed, once; what succeeded is not', async () => {
    const failed = await queue.enqueue({
      job: 'fetch',
      key: 'fetch/dead',
      payload: { provider: 'synthetic' },
      trigger: 'request',
    });
    await queue.finished(failed.id);
    expect(await dead()).toContain(failed.id);
    const first = runAcceptedSchema.parse((await replay(failed.id)).json()).run;
    expect(first).toMatchObject({ trigger: 'replay', replayOf: failed.id, key: 'fetch/dead' });
    await queue.finished(first.id);
    expect(runAcceptedSchema.parse((await replay(failed.id)).json()).run.id).toBe(first.id);
    expect(await dead()).toContain(first.id);
    expect(await dead()).not.toContain(failed.id);
    const good = await startRun('prediction', { payload: { again: true } });
    await queue.finished(good.id);
    expect((await replay(good.id)).json()).toMatchObject({ code: 'run.not-dead', status: 409 });
    expect((await replay('r-none')).json()).toMatchObject({ code: 'run.not-found' });
  });
});
