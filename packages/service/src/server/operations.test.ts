import { metrics as metricTable, problemSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ReadinessCheck, Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { createLogger } from './logging.ts';

let lines: Record<string, unknown>[] = [];
let service: Service;
afterEach(async () => {
  await service.close();
  lines = [];
});

async function start(checks: readonly ReadinessCheck[] = [], level = 'info'): Promise<Service> {
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const logger = createLogger({ level, destination });
  service = await testService({ logger, checks });
  const thing = z.object({ id: z.string().meta({ description: 'Its number' }) });
  service.get(
    '/v1/things/:id',
    { schema: { params: thing, response: { 200: thing } } },
    async (request) => request.params,
  );
  return service;
}

describe('/healthz', () => {
  it('says that the process lives, whatever it depends on', async () => {
    await start([{ name: 'database', check: () => Promise.reject(new Error('gone')) }]);
    expect((await service.inject('/healthz')).json()).toEqual({
      status: 'ok',
      service: 'test-service',
      version: '1.2.3',
    });
  });
});

describe('/readyz', () => {
  it('lists its checks when all of them hold', async () => {
    await start([{ name: 'database', check: () => undefined }]);
    const answer = await service.inject('/readyz');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      status: 'ready',
      service: 'test-service',
      checks: [{ name: 'database', ok: true, reason: null }],
    });
  });

  it('answers 503 with the reason of each that fails, and keeps unexpected reasons in the log', async () => {
    await start([
      { name: 'bars', check: () => undefined },
      { name: 'state', check: () => Promise.reject(new DayTradeError('state.unwritable', 'no space left')) },
      { name: 'database', check: () => Promise.reject(new Error('password=secret')) },
    ]);
    const answer = await service.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    const problem = problemSchema.parse(answer.json());
    expect(problem).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(problem.detail).toBe('test-service cannot serve: state: no space left; database: failed; see the log');
    expect(problem.details.checks).toHaveLength(3);
    expect(JSON.stringify(lines)).toContain('password=secret');
  });

  it('does not wait for a check that hangs', { tags: ['long'] }, async () => {
    await start([{ name: 'database', check: () => new Promise<void>(() => undefined) }]);
    const problem = problemSchema.parse((await service.inject('/readyz')).json());
    expect(problem.detail).toContain('database: no answer in 2 s');
  });
});

describe('/metrics', () => {
  it('measures requests by route template, method and status', async () => {
    await start();
    await service.inject('/v1/things/1');
    await service.inject('/v1/things/2');
    await service.inject('/no/such/route');
    const { body, headers } = await service.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    const count = 'daytrade_http_request_duration_seconds_count{service="test-service",method="GET"';
    expect(body).toContain(`${count},route="/v1/things/:id",status="200"} 2`);
    expect(body).toContain(`${count},route="unmatched",status="404"} 1`);
    expect(body).not.toContain('/v1/things/1');
    expect(body).toContain('daytrade_http_requests_in_flight{service="test-service"} 1');
    expect(body).toMatch(/daytrade_event_loop_delay_p99_seconds\{service="test-service"\} \d/);
    expect(body).toContain('process_resident_memory_bytes');
  });

  it('takes every name, help and label from the table of metrics', async () => {
    await start();
    service.metrics.gauge('barsStored').set({ interval: '1d' }, 65_000);
    service.metrics.counter('runsFinished').inc({ job: 'fetch', status: 'succeeded' });
    service.metrics.histogram('runDuration').observe({ job: 'fetch' }, 3);
    service.metrics.gauge('barsStored').inc({ interval: '1d' }, 5);
    const { body } = await service.inject('/metrics');
    expect(body).toContain(`# HELP daytrade_bars_stored ${metricTable.barsStored.help}`);
    expect(body).toContain('daytrade_bars_stored{interval="1d"} 65005');
    expect(body).toContain('daytrade_runs_finished_total{job="fetch",status="succeeded"} 1');
    const known = new Set<string>(Object.values(metricTable).map(({ name }) => name));
    const own = [...body.matchAll(/^# TYPE (daytrade_\S+)/gm)].map((match) => match[1] as string);
    expect(own.filter((name) => !known.has(name))).toEqual([]);
  });

  it('reads values before a scrape, and survives one that cannot be read', async () => {
    await start();
    service.metrics.beforeScrape(() => Promise.reject(new Error('the database is gone')));
    service.metrics.beforeScrape(() => service.metrics.gauge('runsQueued').set(7));
    const answer = await service.inject('/metrics');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('daytrade_runs_queued 7');
    expect(JSON.stringify(lines)).toContain('the database is gone');
  });
});

describe('the log', () => {
  it('has one line per request, with its id, path without the query, route, status and duration', async () => {
    await start();
    const url = await service.listen({ host: '127.0.0.1', port: 0 });
    await fetch(`${url}/v1/things/1?token=secret-4`, { headers: { 'x-request-id': 'from-the-caller-1' } });
    await service.close();
    const requests = lines.filter((line) => line.method !== undefined);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      level: 30,
      service: 'test-service',
      requestId: 'from-the-caller-1',
      method: 'GET',
      path: '/v1/things/1',
      route: '/v1/things/:id',
      status: 400,
    });
    expect(JSON.stringify(lines)).not.toContain('secret-4');
    expect(requests[0]?.milliseconds).toBeGreaterThan(0);
  });

  it('leaves out what the process asks itself, and what a probe asks every few seconds, but at level debug', async () => {
    const urls = ['/v1/things/1', '/healthz', '/readyz', '/metrics'];
    await start();
    for (const url of urls) await service.inject(url);
    expect(lines).toEqual([]);
    await service.close();
    await start([], 'debug');
    for (const url of urls) await service.inject(url);
    expect(lines).toHaveLength(urls.length);
  });

  it('never has a token', async () => {
    await start();
    service.log.info(
      { headers: { authorization: 'Bearer secret-1' }, req: { headers: { authorization: 'secret-2' } } },
      'x',
    );
    service.log.info({ settings: { DAYTRADE_TOKEN: 'secret-3' } }, 'y');
    expect(JSON.stringify(lines)).not.toMatch(/secret-\d/);
  });
});

describe('the request id', () => {
  it('is the caller’s where it is sane, else a new one, and stands in the answer', async () => {
    await start();
    const idFor = async (sent: string) =>
      (await service.inject({ url: '/healthz', headers: { 'x-request-id': sent } })).headers['x-request-id'];
    expect(await idFor('abc-123')).toBe('abc-123');
    for (const wild of ['', 'a b', 'x'.repeat(129), '<script>', '"quoted"']) {
      expect(await idFor(wild)).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect((await service.inject('/healthz')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('/openapi.json', () => {
  it('has every route with its parameters, answers and problems', async () => {
    await start();
    const document = (await service.inject('/openapi.json')).json<{
      openapi: string;
      info: unknown;
      paths: Record<string, { get: { parameters?: unknown[]; responses: Record<string, { content: unknown }> } }>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toEqual({ title: 'test-service', description: 'A test', version: '1.2.3' });
    expect(Object.keys(document.paths).sort()).toEqual(['/healthz', '/metrics', '/readyz', '/v1/things/{id}']);
    const route = document.paths['/v1/things/{id}']?.get;
    expect(route?.parameters).toMatchObject([{ in: 'path', name: 'id', required: true, description: 'Its number' }]);
    expect(Object.keys(route?.responses ?? {})).toEqual(['200', '4XX', '5XX']);
    expect(route?.responses['4XX']?.content).toHaveProperty([
      'application/problem+json',
      'schema',
      'properties',
      'requestId',
    ]);
  });
});
