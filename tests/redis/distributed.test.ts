import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchResultSchema, type Run, routes } from '@daytrade/contracts';
import { parseTradeDate, sessionsBetween } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DistributedPlatform, type Part, type PartName, untilReadiness } from '../support/distributed-platform.ts';
import { Installation } from '../support/installation.ts';
import { stopEverything, temporaryFolder } from '../support/running-process.ts';

// The five parts as processes, on PostgreSQL and Redis with TLS and passwords. Each test goes on where the one before
// stopped.

/** Of a processor, until the first 200 of /readyz; the specification of an image allows 5 s. */
const longestStartSeconds = 5;

/** Longer than the failover of a managed database; the second attempt of a training waits for 60 s more. */
const awaySeconds = 45;

let platform: DistributedPlatform;
const parts = new Map<PartName, Part>();
const part = (name: PartName) => parts.get(name) as Part;
const findRun = async (id: string) => (await part('scheduler-service').client.call(routes.run, { params: { id } })).run;

async function ended(started: Promise<{ readonly run: Run }>): Promise<Run> {
  const { id } = (await started).run;
  return await vi.waitFor(
    async () => {
      const run = await findRun(id);
      expect(['queued', 'running']).not.toContain(run.status);
      return run;
    },
    { timeout: 180_000, interval: 100 },
  );
}

/** The services, as commands and page are told of them. */
const addresses = () =>
  (['ml', 'data', 'scheduler'] as const).map((name) => `${name}=${part(`${name}-service`).url}`).join(',');

async function serve(name: PartName, more: Readonly<Record<string, string>> = {}): Promise<Part> {
  const started = await platform.serve(name, more);
  parts.set(name, started);
  return started;
}

beforeAll(async () => {
  platform = await DistributedPlatform.start();
}, 120_000);
afterAll(async () => {
  await platform.close();
  await stopEverything();
});

describe('the start', () => {
  it('of the services does not wait for the tables, and says what is missing', async () => {
    for (const name of ['ml-service', 'data-service', 'scheduler-service', 'worker'] as const) {
      const { url } = await serve(name);
      const answer = await fetch(`${url}/readyz`);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toMatch(/schema version is 0 and this version needs \d+.*daytrade database migrate/);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    }
  });

  it('of all parts is ready once the database is migrated', async () => {
    const planned = JSON.parse((await platform.run('database', 'migrate', '--dry-run', '--json')).stdout);
    const migrated = JSON.parse((await platform.run('database', 'migrate', '--wait-seconds', '10', '--json')).stdout);
    expect(migrated.applied).toEqual(planned.pending);
    expect((await platform.run('database', 'migrate')).stdout).toMatch(/^Nothing to apply/);
    await serve('dashboard', { DAYTRADE_SERVICES: addresses() });
    for (const each of parts.values()) await untilReadiness(each, true);
  });

  it.each(['ml-service', 'data-service', 'scheduler-service', 'worker', 'dashboard'] as const)(
    `of %s takes at most ${longestStartSeconds} s of a processor, and ends when it is told to`,
    async (name) => {
      const started = performance.now();
      const another = await platform.serve(name);
      await untilReadiness(another, true);
      // Other suites run beside this one: what they take is in the time of the wall, and not in that of the processor.
      const seconds = processorSeconds(another.process.pid);
      const wall = ((performance.now() - started) / 1_000).toFixed(2);
      console.info(`${name}: ready ${wall} s after its start, ${seconds.toFixed(2)} s of a processor`);
      const exit = once(another.process, 'exit');
      another.process.kill('SIGTERM');
      expect(await exit).toEqual([0, null]);
      expect(another.lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['draining', 'closed']));
      expect(seconds).toBeLessThan(longestStartSeconds);
    },
  );
});

/** Seconds of a processor that a process has taken so far, all of its threads together. */
function processorSeconds(pid: number | undefined): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
  const [user, system] = afterName.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

describe('the work', () => {
  it('goes from an API over the queue to the worker and back into an API', async () => {
    const body = { provider: 'synthetic', symbols: 10, from: '2024-01-04' } as const;
    expect(await ended(part('data-service').client.call(routes.startFetch, { body }))).toMatchObject({
      status: 'succeeded',
      attempt: 1,
    });
    const training = part('ml-service').client.call(routes.startTraining, { body: {} });
    expect(await ended(training)).toMatchObject({ status: 'succeeded', attempt: 1, result: { promoted: true } });
    const made = await part('ml-service').client.call(routes.publishPredictions, { body: {} });
    expect(made.predictions).toHaveLength(10);
    const onPage = { ...routes.latestPredictions, path: '/api/ml/v1/predictions/latest' } as const;
    expect((await part('dashboard').client.call(onPage)).predictions).toHaveLength(10);
  });

  it('is taken up by another worker, once, when a worker is killed in a training', async () => {
    const before = (await part('ml-service').client.call(routes.models)).models.length;
    const { run } = await part('ml-service').client.call(routes.startTraining, { body: { seed: 5 } });
    await vi.waitFor(async () => expect((await findRun(run.id)).progress?.fraction).toBeGreaterThan(0.05), {
      timeout: 60_000,
      interval: 50,
    });
    const killed = performance.now();
    part('worker').process.kill('SIGKILL');
    await serve('worker');
    await vi.waitFor(async () => expect((await findRun(run.id)).attempt).toBe(2), { timeout: 60_000, interval: 50 });
    console.info(`the run of the killed worker ran again after ${((performance.now() - killed) / 1_000).toFixed(1)} s`);
    expect(await ended(Promise.resolve({ run }))).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect((await part('ml-service').client.call(routes.models)).models).toHaveLength(before + 1);
  });
});

describe('a database that goes away', () => {
  let training: Run;

  it('in the middle of a training turns readiness off, and requests say that it is away', async () => {
    training = (await part('ml-service').client.call(routes.startTraining, { body: { seed: 6 } })).run;
    await vi.waitFor(async () => expect((await findRun(training.id)).progress?.fraction).toBeGreaterThan(0.02), {
      timeout: 60_000,
      interval: 50,
    });
    await platform.postgres.stop();
    for (const name of ['ml-service', 'data-service', 'scheduler-service', 'worker'] as const) {
      await untilReadiness(part(name), false);
    }
    await expect(part('ml-service').client.call(routes.startTraining, { body: {} })).rejects.toMatchObject({
      code: 'service.unavailable',
    });
  });

  it(`for ${awaySeconds} s is found again, and outlasted by the training`, { timeout: 300_000 }, async () => {
    await pause(awaySeconds * 1_000);
    await platform.postgres.start();
    for (const each of parts.values()) await untilReadiness(each, true);
    expect(await ended(Promise.resolve({ run: training }))).toMatchObject({ status: 'succeeded', error: null });
    const { predictions } = await part('ml-service').client.call(routes.latestPredictions);
    expect(predictions).toHaveLength(10);
    const body = { provider: 'synthetic', symbols: 10, from: '2024-01-04' } as const;
    expect(await ended(part('data-service').client.call(routes.startFetch, { body }))).toMatchObject({
      status: 'succeeded',
    });
  });
});

describe('a Redis that goes away', () => {
  it('leaves the APIs ready and a request accepted; the worker does it when Redis is back', async () => {
    await platform.redis.kill();
    await untilReadiness(part('worker'), false);
    for (const name of ['ml-service', 'data-service', 'scheduler-service'] as const)
      await untilReadiness(part(name), true);
    const started = performance.now();
    const { run } = await part('data-service').client.call(routes.startFetch, {
      body: { provider: 'synthetic', symbols: 10, from: '2024-02-01' },
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    await platform.redis.start();
    expect(await ended(Promise.resolve({ run }))).toMatchObject({ status: 'succeeded', attempt: 1 });
    await untilReadiness(part('worker'), true);
  });
});

describe('what the parts report', () => {
  it('is one JSON object per line and holds no secret', async () => {
    const secrets = [platform.postgres.password, String(platform.redis.address.password), platform.token];
    for (const { text } of parts.values()) {
      expect(text.length).toBeGreaterThan(0);
      for (const line of text) {
        expect(() => JSON.parse(line)).not.toThrow();
        expect(secrets.filter((secret) => line.includes(secret))).toEqual([]);
      }
    }
  });

  it('has how long the queue is and how long the oldest run waits', async () => {
    const url = `${part('scheduler-service').url}/metrics`;
    const text = await (await fetch(url, { headers: platform.authorisation })).text();
    expect(text).toMatch(/^daytrade_runs_queued 0$/m);
    expect(text).toMatch(/^daytrade_runs_queued_of_group\{group="models"\} 0$/m);
    expect(text).toMatch(/^daytrade_oldest_queued_run_age_seconds 0$/m);
    const worker = await (await fetch(`${part('worker').url}/metrics`, { headers: platform.authorisation })).text();
    expect(worker).toMatch(/^daytrade_runs_finished_total\{job="fetch",status="succeeded"\} \d+$/m);
  });

  it('is also written for CloudWatch, and sent to Application Insights, where it is switched on', async () => {
    const sent: string[] = [];
    const azure = createServer((request, response) => {
      request.on('data', (chunk) => void sent.push(String(chunk)));
      response.end('{ "access_token": "a-token", "expires_on": "4102444800" }');
    });
    await once(azure.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(azure.address() as AddressInfo).port}`;
    const key = 'InstrumentationKey=0f0f0f0f-1111-2222-3333-444444444444';
    const more = await platform.serve('data-service', {
      DAYTRADE_CLOUDWATCH_METRICS: 'true',
      DAYTRADE_TRACES_APPLICATION_INSIGHTS: `${key};IngestionEndpoint=${url}`,
      IDENTITY_ENDPOINT: url,
      IDENTITY_HEADER: 'mine',
    });
    await untilReadiness(more, true);
    await fetch(`${more.url}/v1/symbols`, { headers: platform.authorisation });
    const exit = once(more.process, 'exit');
    more.process.kill('SIGTERM');
    await exit;
    const lines = more.text.map((line) => JSON.parse(line)).filter((line) => '_aws' in line);
    expect(lines).toContainEqual(
      expect.objectContaining({ Service: 'data-service', RequestCount: 1, RequestErrors: 0 }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ Service: 'data-service', NewestBarAge: expect.any(Number) }),
    );
    azure.close();
    expect(sent.join()).toContain('{"name":"NewestBarAge",');
  });
});

// The parts do not see the folders of this machine. Real bars displace those of the synthetic exchange, so it is last.
describe('an import of a folder', () => {
  it('of another machine ends in bars, and leaves nothing of the upload behind', async () => {
    const folder = temporaryFolder('bars');
    // A column that no reader knows makes the file several parts long.
    const note = 'a'.repeat(2_500);
    const days = sessionsBetween(parseTradeDate('2023-01-04'), parseTradeDate('2024-12-27'));
    const rows = days.map((day) => `${day},2500,2520,2490,2510,1000000,${note}`);
    writeFileSync(join(folder, '7203.csv'), ['date,open,high,low,close,volume,note', ...rows, ''].join('\n'));
    const other = new Installation('other-machine', {
      DAYTRADE_TOKEN: platform.token,
      DAYTRADE_SERVICES: addresses(),
    });
    expect(await other.readHere(fetchResultSchema, 'import', folder)).toMatchObject({
      synthetic: false,
      symbols: 1,
      barsAdded: days.length,
    });
    const statement = "select key from objects where key like 'uploads/%'";
    await vi.waitFor(async () => expect(await platform.postgres.run('daytrade', statement)).toEqual([]), 10_000);
  });
});
