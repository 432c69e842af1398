import { setTimeout as pause } from 'node:timers/promises';
import { route } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ServiceClient } from '../client/service-client.ts';
import { httpTransport, injectTransport } from '../client/transports.ts';
import { createService } from '../create-service.ts';
import type { Service } from '../service.ts';
import { addEventRoute } from './event-route.ts';
import { drain, type ListenAddress, listen } from './lifecycle.ts';
import { createLogger } from './logging.ts';

const counts = route(
  { service: 'data', method: 'GET', path: '/v1/counts/:to' },
  {
    summary: 'A test',
    tags: [],
    params: z.object({ to: z.coerce.number() }),
    answers: { 200: z.object({ count: z.number() }) },
  },
);
let service: Service;
let address: ListenAddress;
let open = 0;
let logged: string[];

beforeEach(async () => {
  logged = [];
  const logger = createLogger({ level: 'warn', destination: { write: (line) => void logged.push(line) } });
  const limits = { connections: 50, requestsInFlight: 2, waitSeconds: 1, headersSeconds: 5 };
  service = await createService({ name: 'test-service', description: 'A test', version: '1', logger, limits });
  addEventRoute(service, counts, async function* ({ params: { to } }, signal) {
    if (to < 0) throw new DayTradeError('run.not-found', 'there is nothing to count');
    open += 1;
    try {
      for (let count = 1; count <= to && !signal.aborted; count += 1) {
        yield { count };
        await pause(5, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      open -= 1;
    }
  });
  address = await listen(service, { host: '127.0.0.1', port: 0 });
});
afterEach(() => service.close());

const transports = [
  ['HTTP', () => httpTransport({ baseUrl: address.url, fetch, startWith: 'daytrade up' })],
  ['inject', () => injectTransport(service)],
] as const;

describe.each(transports)('events over %s', (_name, transport) => {
  const events = (to: number, signal?: AbortSignal) =>
    new ServiceClient(transport()).events(counts, { params: { to }, signal });

  it('come one by one and end', async () => {
    const seen = [];
    for await (const { count } of events(3)) seen.push(count);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('are a problem where the request is wrong', async () => {
    await expect(events(-1).next()).rejects.toMatchObject({ code: 'run.not-found' });
  });

  it('end in the service when the caller reads no further', async () => {
    for await (const { count } of events(1e9)) if (count === 3) break;
    await vi.waitFor(() => expect(open).toBe(0));
    await pause(5);
    expect(logged).toEqual([]);
  });
});

it('take no turn of other requests, and are not measured as slow ones', { tags: ['long'] }, async () => {
  const client = () => new ServiceClient(httpTransport({ baseUrl: address.url, fetch, startWith: 'daytrade up' }));
  const streams = Array.from({ length: 10 }, () => client().events(counts, { params: { to: 1e9 } }));
  for (const stream of streams) expect(await stream.next()).toMatchObject({ value: { count: 1 } });
  expect((await fetch(`${address.url}/v1/none`)).status).toBe(404);
  await Promise.all(streams.map((stream) => stream.return(undefined)));
  await vi.waitFor(() => expect(open).toBe(0));
  expect(await (await fetch(`${address.url}/metrics`)).text()).not.toContain('route="/v1/counts/:to"');
});

it('end when the service ends, and do not hold it', async () => {
  const client = new ServiceClient(httpTransport({ baseUrl: address.url, fetch, startWith: 'daytrade up' }));
  const stream = client.events(counts, { params: { to: 1e9 } });
  await stream.next();
  const began = performance.now();
  const [, last] = await Promise.all([
    drain(service, { drainSeconds: 10 }),
    (async () => {
      for await (const _ of stream);
      return 'ended';
    })(),
  ]);
  expect(last).toBe('ended');
  expect(performance.now() - began).toBeLessThan(5_000);
});
