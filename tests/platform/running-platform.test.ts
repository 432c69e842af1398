import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  evaluationSchema,
  jobListSchema,
  modelDetailSchema,
  modelListSchema,
  predictionListSchema,
  quarantineListSchema,
  runListSchema,
  selectionSchema,
  sessionListSchema,
  symbolListSchema,
} from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { type RunningProcess, stopEverything } from '../support/running-process.ts';

const conflict = 4;
const cancelled = 130;
const symbols = 6;
const bars = { count: String(symbols), from: '2023-01-04', to: '2025-12-30' };

afterAll(stopEverything);

/** Holds bars of a few symbols and no model. */
const fetched = new Installation('fetched');
beforeAll(async () => {
  await fetched.begin();
  const { count, from, to } = bars;
  await succeedsHere(fetched, 'fetch', 'synthetic', '--count', count, '--from', from, '--to', to);
});

/** Commands whose answer does not depend on when they run, with the schema of their result. */
const questions = {
  'symbols list': symbolListSchema,
  'symbols select --count 5': selectionSchema,
  'quarantine list': quarantineListSchema,
  'models list': modelListSchema,
  'sessions --from 2024-11-01 --to 2024-11-08': sessionListSchema.omit({ now: true }),
  'jobs list': z.object({ jobs: z.array(z.object({ name: z.string(), schedule: z.unknown() })) }),
  // The instant at which a published prediction was made belongs to it, so it is compared as well.
  predict: predictionListSchema,
} as const;

describe('while `up` runs', () => {
  let installation: Installation;
  const embedded = new Map<string, unknown>();
  let up: RunningProcess;

  beforeAll(async () => {
    installation = fetched.copy('running');
    await succeedsHere(installation, 'train');
    for (const [command, schema] of Object.entries(questions)) {
      embedded.set(command, await installation.readHere(schema, ...command.split(' ')));
    }
    up = await startUp(installation);
  });

  // The state folder belongs to `up`, so a command that answers at all has gone through the services.
  it.each(Object.keys(questions) as (keyof typeof questions)[])(
    '`%s` answers what it answered on the folder itself',
    async (command) => {
      const answer = await installation.read(questions[command], ...command.split(' '));
      expect(answer).toEqual(embedded.get(command));
    },
  );

  it('`train`, `models promote`, `models rollback`, `models show` move what is live', async () => {
    const before = (await installation.readHere(modelListSchema, 'models', 'list')).live as string;
    const trained = await installation.daytrade('train', '--seed', '5', '--no-promote', '--json');
    expect(trained.exitCode).toBe(0);
    const { modelVersion } = JSON.parse(trained.stdout) as { modelVersion: string };
    expect((await installation.readHere(modelListSchema, 'models', 'list')).live).toBe(before);

    expect((await installation.here('models', 'promote', modelVersion)).exitCode).toBe(0);
    const promoted = await installation.readHere(modelDetailSchema, 'models', 'show', modelVersion);
    expect(promoted.model.status).toBe('live');
    const { predictions } = await installation.readHere(predictionListSchema, 'predict');
    expect(new Set(predictions.map((prediction) => prediction.modelVersion))).toEqual(new Set([modelVersion]));

    expect((await installation.here('models', 'rollback')).exitCode).toBe(0);
    expect((await installation.readHere(modelListSchema, 'models', 'list')).live).toBe(before);
  });

  it('`jobs run` runs a job there, and `runs list` knows of it', async () => {
    expect((await installation.here('jobs', 'run', 'report')).exitCode).toBe(0);
    const { runs } = await installation.readHere(runListSchema, 'runs', 'list', '--job', 'report');
    expect(runs[0]).toMatchObject({ job: 'report', trigger: 'manual', status: 'succeeded' });
  });

  it('`evaluate` judges there', async () => {
    const evaluation = await installation.readHere(evaluationSchema, 'evaluate', '--sessions', '120');
    expect(evaluation).toMatchObject({ synthetic: true, symbols, days: 120 });
  });

  it('`doctor` finds every service ready', async () => {
    const ended = await installation.here('doctor');
    expect(ended.stdout).toContain(`runs with pid ${pidOf(installation)}`);
    for (const service of ['data', 'ml', 'scheduler']) expect(ended.stdout).toMatch(`ok    ${service} service`);
    expect(ended.exitCode).toBe(0);
  });

  it('a second `up` on the same folder stops with the pid of the first', async () => {
    const second = await installation.daytrade('up');
    expect(second.stderr).toContain(`in use by process ${pidOf(installation)} `);
    expect(second.exitCode).toBe(conflict);
  });

  it('Ctrl-C during `train` cancels the run there, and `up` goes on', async () => {
    const train = installation.start(['train', '--seed', '6']);
    await pressCtrlCInTheMiddle(train);
    expect((await train.finished).exitCode).toBe(cancelled);
    const { runs } = await installation.readHere(runListSchema, 'runs', 'list', '--job', 'training');
    expect(runs[0]).toMatchObject({ status: 'cancelled', payload: { seed: 6 } });
    const { jobs } = await installation.readHere(jobListSchema, 'jobs', 'list');
    expect(jobs.length).toBeGreaterThan(0);
  });

  it('SIGTERM drains: open requests are answered, and it ends with exit code 0', async () => {
    const { ml } = runningFile(installation);
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const open = [1, 2, 3].map(() => fetch(`${ml}/v1/predictions`, request));
    // A connection that the process has not yet accepted at the signal is refused, as it should be.
    await fetch(`${ml}/healthz`);
    await pause(30);
    process.kill(pidOf(installation), 'SIGTERM');
    for (const answer of await Promise.all(open)) {
      expect(answer.status).toBe(200);
      expect(predictionListSchema.parse(await answer.json()).predictions).toHaveLength(symbols);
    }
    const started = performance.now();
    expect((await up.finished).exitCode).toBe(0);
    figure('drain after SIGTERM', (performance.now() - started) / 1000, 's');
  });

  it('afterwards the commands work on the folder themselves again', async () => {
    const answer = await installation.read(symbolListSchema, 'symbols', 'list');
    expect(answer.symbols).toHaveLength(symbols);
  });
});

describe('a state folder whose process was killed', () => {
  const installation = new Installation('killed-up');

  it('is taken over: by a command, and by the next `up`', async () => {
    await installation.begin();
    const first = await startUp(installation, '--no-synthetic');
    first.kill();
    await first.finished;

    const sessions = await installation.daytrade('sessions');
    expect(sessions.stderr).toBe('');
    expect(sessions.exitCode).toBe(0);

    const second = await startUp(installation, '--no-synthetic');
    expect(pidOf(installation)).not.toBe(first.pid);
    process.kill(pidOf(installation), 'SIGTERM');
    expect((await second.finished).exitCode).toBe(0);
  });
});

describe('without `up`', () => {
  it('Ctrl-C during `train` cancels it with exit code 130 and leaves no model', async () => {
    const installation = fetched.copy('ctrl-c');
    const train = installation.start(['train']);
    await pressCtrlCInTheMiddle(train);
    const ended = await train.finished;
    expect(ended.stderr).toContain('cancelling');
    expect(ended.exitCode).toBe(cancelled);
    expect((await installation.readHere(modelListSchema, 'models', 'list')).models).toEqual([]);
    const { runs } = await installation.readHere(runListSchema, 'runs', 'list', '--job', 'training');
    expect(runs.map(({ status }) => status)).toEqual(['cancelled']);
  });
});

async function succeedsHere(installation: Installation, ...args: readonly string[]): Promise<void> {
  const ended = await installation.here(...args);
  if (ended.exitCode !== 0) throw new Error(`daytrade ${args.join(' ')}: ${ended.stderr}`);
}

/** Starts `up` and waits until it is ready. The clock of the scheduler is off, so that nothing runs unasked. */
async function startUp(installation: Installation, ...args: readonly string[]): Promise<RunningProcess> {
  const environment = { DAYTRADE_SCHEDULER_ENABLED: 'false' };
  const up = installation.start(['up', '--json', ...args], { environment });
  await up.until('stdout', /"ready":true/);
  return up;
}

/** A training takes some seconds from its first line on. */
async function pressCtrlCInTheMiddle(train: RunningProcess): Promise<void> {
  await train.until('stderr', /^train/m);
  await pause(300);
  train.pressCtrlC();
}

function runningFile({ stateFolder }: Installation) {
  const schema = z.object({ pid: z.number().int(), ml: z.url() });
  return schema.parse(JSON.parse(readFileSync(join(stateFolder, 'running.json'), 'utf8')));
}

/** The process that holds the state folder, which a launcher may have started. */
function pidOf(installation: Installation): number {
  return runningFile(installation).pid;
}
