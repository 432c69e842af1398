import { PassThrough } from 'node:stream';
import type { Job } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { whoRuns } from '../who-runs.ts';
import { jobsRunCommand } from './jobs.ts';

let commands: CommandsOnPlatform;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  await commands.platform.queue.start();
});
afterAll(() => commands.close());

/** Runs a job by a person who answers in a terminal, or by a script, which has none. */
async function runJob(job: string, answer: string | undefined, options: object = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined, setRawMode: () => stdin });
  stdin.end(`${answer}\n`);
  const context = { ...commands.context, stdin: () => stdin as unknown as NodeJS.ReadStream };
  const count = async () => (await commands.platform.stores.runs.list({ limit: 100 })).length;
  const before = await count();
  await jobsRunCommand.run(context, { args: [job], options: { payload: '{}', ...options } });
  return { said: commands.written(), started: (await count()) - before };
}

describe('jobs run', () => {
  it('asks before a job that removes something, and starts nothing without a yes', async () => {
    const { said, started } = await runJob('retention', 'no');
    expect(said).toMatch(/retention: Removes runs.*\nRun it now\? \[no\]: .*Nothing was started\./s);
    expect(started).toBe(0);
    expect(await runJob('retention', 'yes')).toMatchObject({ started: 1 });
  });

  it.each([
    ['a script', 'retention', undefined, {}],
    ['--yes', 'retention', 'no', { yes: true }],
    ['a run that only says what it would remove', 'retention', 'no', { payload: '{"dryRun": true}' }],
    ['a job that removes nothing', 'data-update', 'no', {}],
  ])('does not ask %s', async (_, job, answer, options) => {
    const { said, started } = await runJob(job, answer, options);
    expect(said).not.toContain('Run it now?');
    expect(started).toBe(1);
  });
});

describe('jobs run, by its payload', () => {
  const answers = {
    'GET /v1/jobs': { jobs: [] },
    'POST /v1/jobs/retention/runs': { run: endedRun('retention', { dryRun: true, runs: 1_200, models: ['m1', 'm2'] }) },
  };

  it('sends the payload, and prints the run with its result', async () => {
    const words = ['jobs', 'run', 'retention', '--payload', '{"dryRun": true}'];
    const { requests, out } = await runLine(words, answers);
    expect(requests).toEqual([['POST /v1/jobs/retention/runs', { payload: { dryRun: true } }]]);
    expect(out).toBe('dry run: yes\nruns: 1200\nmodels: m1, m2\n');
    expect(JSON.parse((await runLine([...words, '--json'], answers)).out)).toEqual({
      run: 'r-retention',
      result: { dryRun: true, runs: 1_200, models: ['m1', 'm2'] },
    });
  });

  it('looks for the job only where it may have to ask', async () => {
    const requestsOf = async (...words: string[]) =>
      (await runLine(['jobs', 'run', 'retention', ...words], answers)).requests.map(([line]) => line);
    const start = 'POST /v1/jobs/retention/runs';
    expect(await requestsOf()).toEqual(['GET /v1/jobs', start]);
    expect(await requestsOf('--yes')).toEqual([start]);
    expect(await requestsOf('--payload', '{"dryRun": false}')).toEqual(['GET /v1/jobs', start]);
  });

  it.each(['[]', 'null', '7', '"x"', '{', ''])('refuses the payload %j, which is no JSON object', async (payload) => {
    await expect(runLine(['jobs', 'run', 'retention', '--payload', payload], answers)).rejects.toMatchObject({
      code: 'input.invalid',
      message: `--payload: expected a JSON object, got ${JSON.stringify(payload)}`,
    });
  });
});

const at = '2026-11-24T06:30:00.000Z';
const pausedBy = (all: boolean, reason: string | null) => ({ at, by: 'day@host', reason, all });
const job: Job = {
  name: 'prediction',
  description: 'Publishes the intervals',
  schedule: { type: 'daily', description: 'daily at 16:00' },
  origin: 'platform',
  enabled: true,
  paused: null,
  waitsFor: ['data-update', 'training'],
  timeoutSeconds: 600,
  maxAttempts: 3,
  asksFirst: false,
  nextRunAt: '2026-11-25T07:00:00.000Z',
  lastRun: endedRun('prediction', {}),
};

describe('jobs list', () => {
  const list = async (...jobs: readonly Job[]) => (await runLine(['jobs', 'list'], { 'GET /v1/jobs': { jobs } })).out;

  it('shows schedule, next and last run, and what a job waits for', async () => {
    const never = { ...job, name: 'retraining', enabled: false, waitsFor: [], nextRunAt: null, lastRun: null };
    expect(await list(job, never)).toBe(
      `job         schedule (JST)             next run          last run          ended      waits for
prediction  daily at 16:00             2026-11-25 16:00  2026-11-24 15:30  succeeded  data-update, training
retraining  daily at 16:00 (disabled)  –                 –                 –          –

`,
    );
  });

  it('says that the clock starts no job where none has a next run', async () => {
    const said = await list({ ...job, nextRunAt: null });
    expect(said.split('\n').at(-2)).toBe('Jobs start by the clock only while `daytrade up` runs.');
  });

  it('names each pause once, with its time, author and reason', async () => {
    const said = await list(
      { ...job, paused: pausedBy(true, 'the disk is full') },
      { ...job, name: 'report', paused: pausedBy(true, 'the disk is full') },
      { ...job, name: 'retraining', enabled: false, paused: pausedBy(false, null) },
    );
    expect(said).toContain('retraining  daily at 16:00 (paused)');
    expect(said.split('\n').slice(-3)).toEqual([
      'All jobs are paused since 2026-11-24 15:30 by day@host: the disk is full.',
      'retraining is paused since 2026-11-24 15:30 by day@host.',
      '',
    ]);
  });
});

describe('jobs pause and resume', () => {
  const by = whoRuns();
  const answer = {
    jobs: [
      { ...job, paused: pausedBy(false, 'x') },
      { ...job, name: 'report' },
    ],
  };
  const none = { jobs: [job] };

  it.each([
    [['pause', 'prediction', '--reason', 'x'], 'jobs/prediction/pause', 'x', answer],
    [['pause'], 'scheduler/pause', null, answer],
    [['resume', 'prediction'], 'jobs/prediction/resumption', null, none],
    [['resume'], 'scheduler/resumption', null, none],
  ])('%j says what is paused now', async (words, path, reason, jobs) => {
    const { requests, out } = await runLine(['jobs', ...words], { [`POST /v1/${path}`]: jobs });
    expect(requests).toEqual([[`POST /v1/${path}`, { by, reason }]]);
    const paused = 'prediction is paused since 2026-11-24 15:30 by day@host: x.\n';
    expect(out).toBe(jobs === none ? 'No job is paused.\n' : paused);
  });

  it('has only the paused jobs in its JSON', async () => {
    const { out } = await runLine(['jobs', 'pause', '--json'], { 'POST /v1/scheduler/pause': answer });
    expect(JSON.parse(out)).toEqual({ paused: answer.jobs.slice(0, 1) });
  });
});
