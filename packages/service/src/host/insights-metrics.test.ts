import { expect, it, onTestFinished, vi } from 'vitest';
import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import { ingestion } from '../testing/insights.ts';
import type { Envelope } from '../traces/insights-ingestion.ts';
import { sendInsightsMetrics } from './insights-metrics.ts';

const instrumentationKey = '0f0f0f0f-1111-2222-3333-444444444444';

/** A service that sends its metrics to a stand-in of Application Insights, and what arrives there. */
async function sending(token: string) {
  const { endpoint, items } = await ingestion(instrumentationKey, 'a-token');
  const logged: object[] = [];
  const logger = createLogger({ level: 'warn', destination: { write: (line) => void logged.push(JSON.parse(line)) } });
  const service = await createService({ name: 'ml-service', description: 'ML', version: '1.2.3', logger });
  service.get('/v1/models', { schema: { hide: true } }, async (_, reply) => await reply.code(503).send({}));
  service.metrics.gauge('intervalCoverage').set({ window: '60' }, 0.94);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const connection = { instrumentationKey, ingestionEndpoint: endpoint };
  const { signal } = new AbortController();
  const options = { service, version: '1.2.3', logger, clock: { now: () => Date.parse('2026-11-30T06:30:00Z') } };
  const end = sendInsightsMetrics(options, { connection, token: async () => token, signal });
  return { items, logged, service, end };
}

const values = (items: readonly Envelope[]) => items.flatMap(({ data }) => data.baseData.metrics);

it('takes gauges and requests as custom metrics each minute, and a last time at the end', async () => {
  const { items, service, end } = await sending('a-token');
  for (const path of ['/v1/models', '/healthz']) await service.inject(path);
  vi.advanceTimersByTime(60_000);
  await vi.waitFor(() => expect(items).toHaveLength(3));
  expect(values(items)).toEqual([
    { name: 'RequestCount', value: 1, count: 1 },
    { name: 'RequestErrors', value: 1, count: 1 },
    { name: 'IntervalCoverage', value: 0.94, count: 1 },
  ]);
  expect(items[2]).toMatchObject({
    name: 'Microsoft.ApplicationInsights.Metric',
    time: '2026-11-30T06:30:00.000Z',
    tags: { 'ai.cloud.role': 'ml-service', 'ai.application.ver': '1.2.3' },
    data: { baseType: 'MetricData', baseData: { ver: 2, properties: { Window: '60' } } },
  });
  await end();
  expect(values(items.slice(3))[0]).toEqual({ name: 'RequestCount', value: 0, count: 1 });
});

it('says once that Azure refuses them, and ends', async () => {
  const { logged, end } = await sending('another-token');
  vi.advanceTimersByTime(60_000);
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  await end();
  expect(logged).toMatchObject([{ msg: 'metrics for Application Insights are lost' }]);
});
