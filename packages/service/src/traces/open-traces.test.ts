import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseSettings, type Run } from '@daytrade/contracts';
import { defineJob, InProcessQueue } from '@daytrade/jobs';
import { MemoryRunLedger } from '@daytrade/jobs/testing';
import { context, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createService } from '../create-service.ts';
import { observed } from '../host/observed.ts';
import { type CreatePart, openHost } from '../host/open-host.ts';
import { listen } from '../server/lifecycle.ts';
import { createLogger } from '../server/logging.ts';
import type { Service } from '../service.ts';
import { openTraces } from './open-traces.ts';
import { tracedFetch, traceRequests, traceRuns, tracer } from './spans.ts';

/** A span as OTLP writes it in JSON. */
interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface SentBatch {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly object[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const callersTrace = { traceparent: `00-${caller.traceId}-${caller.spanId}-01` };
const errorStatus = 2;

let lost: unknown[];
const logger = { warn: (fields: object) => void lost.push(fields) };

let opening: AsyncDisposableStack;
let batches: SentBatch[];
let close: () => Promise<void>;
let service: Service;
let url: string;

beforeEach(() => {
  opening = new AsyncDisposableStack();
  lost = [];
});
afterEach(() => opening.disposeAsync());

/** A collector, and a service that sends it such a share of its traces. */
async function start(share: number): Promise<void> {
  batches = [];
  const endpoint = await collector(async (request) => {
    batches.push(JSON.parse(await text(request)));
  });
  close = openTraces({
    endpoint,
    service: 'data-service',
    version: '1.2.3',
    settings: { DAYTRADE_TRACES_SHARE: share },
    logger,
  });
  opening.defer(close);
  service = await createService({
    name: 'data-service',
    description: 'Bars',
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
  });
  service.get('/v1/bars/:code', { schema: { hide: true } }, async () => ({ bars: [] }));
  service.post(
    '/v1/fetches',
    { schema: { hide: true } },
    async () => await (await tracedFetch(`${url}/v1/bars/9984`)).json(),
  );
  service.get<{ Params: { status: string } }>('/v1/status/:status', async ({ params }, reply) => {
    await reply.code(Number(params.status)).send({});
  });
  service.get('/v1/broken', () => Promise.reject(new Error('out of order')));
  traceRequests(service);
  ({ url } = await listen(service, { host: '127.0.0.1', port: 0 }));
  opening.defer(() => service.close());
}

async function collector(take: (request: IncomingMessage) => Promise<void>): Promise<string> {
  const server = createServer((request, answer) => void take(request).then(() => answer.end('{}')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opening.defer(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What arrived at the collector once everything was sent. */
async function sentSpans(): Promise<readonly SentSpan[]> {
  await close();
  return batches.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans[0]?.spans ?? []));
}

const attributesOf = ({ attributes }: SentSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

describe('the trace of a request', () => {
  it('continues that of the caller, with the route and what became of it, and without its query', async () => {
    await start(0);
    await fetch(`${url}/v1/bars/9984?from=2025-01-06`, { headers: { ...callersTrace, 'x-request-id': 'a-request' } });
    const [span, ...others] = await sentSpans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'GET /v1/bars/:code',
      traceId: caller.traceId,
      parentSpanId: caller.spanId,
      status: { code: 0 },
    });
    expect(attributesOf(span as SentSpan)).toEqual({
      'http.request.method': 'GET',
      'http.route': '/v1/bars/:code',
      'url.path': '/v1/bars/9984',
      'http.response.status_code': 200,
      'day-trade.request.id': 'a-request',
    });
    expect(batches[0]?.resourceSpans[0]?.resource.attributes).toEqual(
      expect.arrayContaining([
        { key: 'service.name', value: { stringValue: 'data-service' } },
        { key: 'service.version', value: { stringValue: '1.2.3' } },
      ]),
    );
  });

  it('is handed on to the service that is asked, also from a request with a body', async () => {
    await start(1);
    const body = JSON.stringify({ codes: ['9984'] });
    await fetch(`${url}/v1/fetches`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const spans = await sentSpans();
    const [asking, asked] = ['POST /v1/fetches', 'GET /v1/bars/:code'].map((name) =>
      spans.find((span) => span.name === name),
    );
    expect(asked).toMatchObject({ traceId: asking?.traceId, parentSpanId: asking?.spanId });
  });

  it('says that the service failed', async () => {
    await start(1);
    await fetch(`${url}/v1/broken`);
    expect(await sentSpans()).toMatchObject([{ name: 'GET /v1/broken', status: { code: errorStatus } }]);
  });

  it('is not made for probes and scrapes, nor for more than the share that is wanted', async () => {
    await start(1);
    for (const path of ['/healthz', '/readyz', '/metrics']) await fetch(`${url}${path}`);
    expect(await sentSpans()).toEqual([]);
    await opening.disposeAsync();
    opening = new AsyncDisposableStack();
    await start(0);
    await fetch(`${url}/v1/bars/9984`);
    expect(await sentSpans()).toEqual([]);
  });

  it('does not hold up the end while nobody takes it, and says why it is lost', { timeout: 10_000 }, async () => {
    const nobody = openTraces({
      endpoint: 'http://127.0.0.1:9',
      service: 'data-service',
      version: '1.2.3',
      settings: { DAYTRADE_TRACES_SHARE: 1 },
      logger,
    });
    tracer().startSpan('GET /v1/models').end();
    await nobody();
    expect(lost).toEqual([{ reason: expect.any(String) }]);
  });
});

describe('the trace of a run', () => {
  it('lasts from its start to its end and says how it ended', async () => {
    await start(1);
    const listeners: ((run: Run) => void)[] = [];
    traceRuns({ onFinished: (listener) => void listeners.push(listener) as never });
    const run = {
      id: 'a-run',
      job: 'training',
      attempt: 2,
      status: 'failed',
      error: { code: 'training.too-few-bars', message: 'too few bars' },
      startedAt: '2025-01-06T06:30:00.000Z',
      finishedAt: '2025-01-06T06:30:12.500Z',
    } as unknown as Run;
    for (const listener of listeners) listener(run);
    const [span] = (await sentSpans()) as [SentSpan];
    expect(span).toMatchObject({
      name: 'run training',
      status: { code: errorStatus, message: 'too few bars' },
      startTimeUnixNano: '1736145000000000000',
      endTimeUnixNano: '1736145012500000000',
    });
    expect(attributesOf(span)).toMatchObject({ 'day-trade.run.id': 'a-run', 'day-trade.run.attempt': 2 });
  });
});

it('a run is a trace of its own, whatever asked for it, and none before it began', async () => {
  await start(1);
  const listeners: ((run: Run) => void)[] = [];
  traceRuns({ onFinished: (listener) => void listeners.push(listener) as never });
  const startedAt = '2025-01-06T06:30:00.000Z';
  const run = { id: 'a-run', job: 'training', attempt: 1, status: 'succeeded', error: null, startedAt };
  const asking = tracer().startSpan('asking');
  context.with(trace.setSpan(context.active(), asking), () => {
    for (const listener of listeners) {
      listener({ ...run, finishedAt: startedAt } as Run);
      listener({ ...run, status: 'cancelled', finishedAt: startedAt } as Run);
      listener({ ...run, finishedAt: null } as Run);
      listener({ ...run, startedAt: null, finishedAt: startedAt } as Run);
    }
  });
  asking.end();
  const spans = (await sentSpans()).filter(({ name }) => name === 'run training');
  expect(spans.map(({ status }) => status)).toEqual([{ code: 0 }, { code: errorStatus, message: 'cancelled' }]);
  const parents = new Set(spans.map(({ parentSpanId }) => parentSpanId || undefined));
  expect(parents).toEqual(new Set([undefined]));
  expect(spans.map(({ traceId }) => traceId)).not.toContain(asking.spanContext().traceId);
});

describe('the status of a span', () => {
  it.each([
    [499, 0],
    [500, errorStatus],
  ])('for an answer with %i is %i', async (status, code) => {
    await start(1);
    await fetch(`${url}/v1/status/${status}`);
    expect((await sentSpans()).map((span) => span.status.code)).toEqual([code]);
  });
});

it('parts of one process send their requests and runs as one, once each', async () => {
  batches = [];
  const endpoint = await collector(async (request) => {
    batches.push(JSON.parse(await text(request)));
  });
  const hosting = {
    settings: parseSettings({ DAYTRADE_TRACES_ENDPOINT: endpoint, DAYTRADE_TRACES_SHARE: '1' }),
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    clock: { now: Date.now, setTimeout, clearTimeout },
    random: Math.random,
  };
  const part = (name: string): CreatePart<object> => {
    return async ({ version, logger }) => {
      const made = await createService({ name, description: 'A part', version, logger });
      made.get(`/v1/${name}`, { schema: { hide: true } }, async () => ({}));
      return made;
    };
  };
  const ledger = new MemoryRunLedger();
  const queue = new InProcessQueue({ ...hosting, ledger, concurrency: 1, onError: () => expect.unreachable() });
  queue.register(defineJob('retention', async () => ({ dryRun: true, runs: 0, evaluations: 0, models: [] })));
  const observe = observed({ name: 'day-trade', environment: {} });
  const host = await openHost({
    ...hosting,
    open: async () => ({ queue }),
    parts: [
      ['data', observe(part('data'))],
      ['ml', observe(part('ml'))],
    ],
  });
  await queue.start();
  await host.services.data.inject('/v1/data');
  await host.services.ml.inject('/v1/ml');
  const { id } = await queue.enqueue({ job: 'retention', key: 'one', payload: {}, trigger: 'request' });
  await queue.finished(id);
  close = () => host.close();
  expect((await sentSpans()).map(({ name }) => name).toSorted()).toEqual([
    'GET /v1/data',
    'GET /v1/ml',
    'run retention',
  ]);
  const name = { key: 'service.name', value: { stringValue: 'day-trade' } };
  for (const { resourceSpans } of batches) expect(resourceSpans[0]?.resource.attributes).toContainEqual(name);
});
