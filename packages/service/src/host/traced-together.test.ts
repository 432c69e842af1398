import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseSettings } from '@daytrade/contracts';
import { defineJob, InProcessQueue } from '@daytrade/jobs';
import { MemoryRunLedger } from '@daytrade/jobs/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import { observed } from './observed.ts';
import { type CreatePart, openHost } from './open-host.ts';

interface Batch {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly object[] };
    readonly scopeSpans: readonly { readonly spans: readonly { readonly name: string }[] }[];
  }[];
}

it('parts of one process send their requests and runs as one, once each', async () => {
  const batches: Batch[] = [];
  const collector = createServer((request, answer) => {
    void text(request).then((body) => {
      batches.push(JSON.parse(body) as Batch);
      answer.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void collector.close());
  const { port } = collector.address() as AddressInfo;
  const context = {
    settings: parseSettings({
      DAYTRADE_TRACES_ENDPOINT: `http://127.0.0.1:${port}`,
      DAYTRADE_TRACES_SHARE: '1',
    }),
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    clock: { now: Date.now, setTimeout, clearTimeout },
    random: Math.random,
  };
  const part = (name: string): CreatePart<object> => {
    return async ({ version, logger }) => {
      const service = await createService({ name, description: 'A part', version, logger });
      service.get(`/v1/${name}`, { schema: { hide: true } }, async () => ({}));
      return service;
    };
  };
  const queue = new InProcessQueue({
    ...context,
    ledger: new MemoryRunLedger(),
    concurrency: 1,
    onError: () => expect.unreachable(),
  });
  queue.register(defineJob('retention', async () => ({ dryRun: true, runs: 0, evaluations: 0, models: [] })));
  const observe = observed({ name: 'day-trade', environment: {} });
  const host = await openHost({
    ...context,
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
  await host.close();
  const sent = batches.flatMap(({ resourceSpans }) => resourceSpans);
  const spans = sent.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans.map(({ name }) => name)));
  expect(spans.toSorted()).toEqual(['GET /v1/data', 'GET /v1/ml', 'run retention']);
  const name = { key: 'service.name', value: { stringValue: 'day-trade' } };
  for (const { resource } of sent) expect(resource.attributes).toContainEqual(name);
});
