import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { ingestion } from '../testing/insights.ts';
import { InsightsExporter } from './insights-exporter.ts';
import { openTraces } from './open-traces.ts';
import { tracer } from './spans.ts';

const instrumentationKey = '0f0f0f0f-1111-2222-3333-444444444444';
const beginning = new Date('2026-11-30T00:00:00.250Z');
const after = (ms: number) => new Date(beginning.getTime() + ms);

/** Opens traces to a stand-in, makes spans, and gives what arrived there once everything was sent. */
async function sent(make: () => void, share = 1) {
  const { endpoint, items } = await ingestion(instrumentationKey, 'a-token');
  const waits: number[] = [];
  const losses: object[] = [];
  const close = openTraces({
    insights: {
      connection: { instrumentationKey, ingestionEndpoint: endpoint },
      signal: new AbortController().signal,
      token: async (withinMs) => {
        waits.push(withinMs);
        return 'a-token';
      },
    },
    service: 'ml-service',
    version: '1.2.3',
    settings: { DAYTRADE_TRACES_SHARE: share },
    logger: { warn: (fields) => void losses.push(fields) },
  });
  make();
  await close();
  expect(losses).toEqual([]);
  return { items, waits };
}

it('takes a request with its route, status, duration and attributes, as the identity of the process', async () => {
  const { items, waits } = await sent(() => {
    const span = tracer().startSpan('GET /v1/predictions', { kind: SpanKind.SERVER, startTime: beginning });
    span.setAttributes({ 'http.route': '/v1/predictions', 'http.response.status_code': 200 });
    span.end(after(1_234));
  });
  expect(items).toMatchObject([
    {
      ver: 1,
      name: 'Microsoft.ApplicationInsights.Request',
      time: '2026-11-30T00:00:00.250Z',
      sampleRate: 100,
      tags: {
        'ai.operation.name': 'GET /v1/predictions',
        'ai.cloud.role': 'ml-service',
        'ai.application.ver': '1.2.3',
      },
      data: {
        baseType: 'RequestData',
        baseData: {
          ver: 2,
          id: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
          name: 'GET /v1/predictions',
          duration: '0.00:00:01.234',
          responseCode: '200',
          success: true,
          properties: { 'http.route': '/v1/predictions' },
        },
      },
    },
  ]);
  expect(items[0]?.tags['ai.operation.id']).toMatch(/^[0-9a-f]{32}$/);
  expect(items[0]?.tags).not.toHaveProperty('ai.operation.parentId');
  expect(waits).toEqual([2_000]);
});

it('takes a run that failed, and one of more than a day', async () => {
  const { items } = await sent(() => {
    const failed = tracer().startSpan('run training', { kind: SpanKind.CONSUMER, startTime: beginning });
    failed.setStatus({ code: SpanStatusCode.ERROR, message: 'too few bars' });
    failed.end(after(0));
    tracer().startSpan('run training', { kind: SpanKind.CONSUMER, startTime: beginning }).end(after(93_784_005));
  });
  expect(items.map(({ data }) => data.baseData)).toMatchObject([
    { success: false, responseCode: '0', properties: { 'day-trade.error': 'too few bars' } },
    { success: true, duration: '1.02:03:04.005' },
  ]);
});

it('takes a name, a path and an error that are longer than Azure allows, without their ends', async () => {
  const { items } = await sent(() => {
    const span = tracer().startSpan('n'.repeat(2_000), { kind: SpanKind.SERVER, startTime: beginning });
    span.setAttribute('url.path', `/${'p'.repeat(9_000)}`);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'e'.repeat(9_000) });
    span.end(after(1));
  });
  const { name, properties } = (items[0]?.data.baseData ?? {}) as { name: string; properties: Record<string, string> };
  expect(name).toHaveLength(1_024);
  expect(Object.values(properties).map(({ length }) => length)).toEqual([8_192, 8_192]);
});

it('takes what was asked of others as a dependency, and counts up from the share that is sent', async () => {
  const { items } = await sent(() => {
    for (let made = 0; made < 200; made += 1) tracer().startSpan('GET', { kind: SpanKind.CLIENT }).end();
  }, 0.5);
  expect(items.length).toBeGreaterThan(0);
  expect(items.length).toBeLessThan(200);
  expect(new Set(items.map(({ sampleRate, data }) => `${data.baseType} ${sampleRate}`))).toEqual(
    new Set(['RemoteDependencyData 50']),
  );
});

/** Exports a span, and returns why it was not taken. */
const refusal = (ingestionEndpoint: string, token: string, key = instrumentationKey) =>
  new Promise<string | undefined>((resolve) => {
    const connection = { instrumentationKey: key, ingestionEndpoint };
    const { signal } = new AbortController();
    const exporter = new InsightsExporter({ connection, share: 1, token: async () => token, signal });
    exporter.export([aSpan], ({ error }) => resolve(error?.message));
  });

it('says what Azure says of what it did not take, and nothing of the token', async () => {
  const { endpoint } = await ingestion(instrumentationKey, 'a-token');
  expect(await refusal(endpoint, 'a-token')).toBeUndefined();
  const unknown = 'Application Insights answers with 401: {"message":"no token that is known"}';
  expect(await refusal(endpoint, 'another-token')).toBe(unknown);
  const foreign = await refusal(endpoint, 'a-token', '00000000-0000-0000-0000-000000000000');
  expect(foreign).toContain('answers with 400: {"message":"field iKey is not valid"}');
});

it('says nothing of the token where Azure quotes it, and where no header can carry it', async () => {
  const server = createServer((request, answer) => answer.writeHead(403).end(`no: ${request.headers.authorization}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await refusal(endpoint, 'the-secret')).toBe('Application Insights answers with 403: no: Bearer (token)');
  expect(await refusal(endpoint, 'the\nsecret')).toBe('Application Insights does not answer: TypeError');
  await new Promise((resolve) => server.close(resolve));
  expect(await refusal(endpoint, 'the-secret')).toBe('Application Insights does not answer: ECONNREFUSED');
});

const aSpan = {
  name: 'GET /v1/models',
  kind: SpanKind.SERVER,
  spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }),
  startTime: [1, 0],
  duration: [0, 1_000_000],
  status: { code: SpanStatusCode.UNSET },
  attributes: {},
  resource: { attributes: { 'service.name': 'ml-service', 'service.version': '1' } },
} as unknown as ReadableSpan;
