import { setTimeout as pause } from 'node:timers/promises';
import { parseSettings } from '@daytrade/contracts';
import { InProcessQueue } from '@daytrade/jobs';
import { MemoryRunLedger } from '@daytrade/jobs/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createService } from '../create-service.ts';
import { createLogger } from '../server/logging.ts';
import { type CreatePart, type OpenBacking, openHost } from './open-host.ts';

const clock = { now: Date.now, setTimeout, clearTimeout };
const context = {
  settings: { ...parseSettings({}), DAYTRADE_PORT: 0 },
  version: '1.2.3',
  logger: createLogger({ level: 'silent' }),
  clock,
  random: Math.random,
};

/** What happened, in order. */
let events: string[];
let answering: PromiseWithResolvers<void>;
beforeEach(() => {
  events = [];
  answering = Promise.withResolvers();
});

const open: OpenBacking<{ readonly queue: InProcessQueue }> = async ({ works }, opening) => {
  events.push(works ? 'opened to work' : 'opened');
  opening.defer(() => void events.push('closed'));
  const ledger = new MemoryRunLedger();
  const queue = new InProcessQueue({ ...context, ledger, concurrency: 1, onError: () => expect.unreachable() });
  const stop = queue.stop.bind(queue);
  queue.stop = async (seconds) => {
    events.push('queue stops');
    await stop(seconds);
    events.push('queue stopped');
  };
  return { queue };
};

/** A part with something of its own to close, and a route that answers when the test lets it. */
function part(name: string): CreatePart<object> {
  return async ({ opening, version, logger }) => {
    const service = await createService({ name, description: 'A part', version, logger });
    opening.defer(() => void events.push(`${name} closes what it opened`));
    service.get('/v1/held', { schema: { hide: true } }, async () => {
      events.push('asked');
      await answering.promise;
      events.push('answered');
      return {};
    });
    service.addHook('preClose', async () => void events.push(`${name} drains`));
    return service;
  };
}

const happened = (expected: readonly string[]) => vi.waitFor(() => expect(events).toEqual(expected));

describe('the order in which a process ends', () => {
  it('is: all requests, then the queue that they ask, then what they use, the stores last', async () => {
    const host = await openHost({ ...context, open, parts: [['data', part('data')]] });
    await host.add('ml', part('ml'));
    const { url } = await host.listen('data');
    await host.queue.start();
    const answer = fetch(`${url}/v1/held`);
    await happened(['opened', 'asked']);
    const closing = host.close();
    await happened(['opened', 'asked', 'data drains', 'ml drains']);
    await pause(50);
    answering.resolve();
    expect((await answer).status).toBe(200);
    await closing;
    expect(events.slice(4)).toEqual([
      'answered',
      'queue stops',
      'queue stopped',
      'ml closes what it opened',
      'data closes what it opened',
      'closed',
    ]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('is for a worker: no more runs from the first moment, also while a request is answered', async () => {
    const host = await openHost({ ...context, open, parts: [['worker', part('worker')]] });
    const { url } = await host.listen('worker');
    await host.queue.start();
    const answer = fetch(`${url}/v1/held`);
    await happened(['opened to work', 'asked']);
    const closing = host.close();
    await vi.waitFor(() => expect(events).toContain('queue stopped'));
    expect(events).not.toContain('answered');
    answering.resolve();
    expect((await answer).status).toBe(200);
    await closing;
    expect(events.slice(-3)).toEqual(['answered', 'worker closes what it opened', 'closed']);
  });

  it('begins with the pause in which a part that listens goes on serving', async () => {
    const settings = { ...context.settings, DAYTRADE_DRAIN_PAUSE_SECONDS: 0.3 };
    const host = await openHost({ ...context, settings, open, parts: [['data', part('data')]] });
    await host.listen('data');
    const begun = performance.now();
    await host.close();
    expect(performance.now() - begun).toBeGreaterThan(290);
  });

  it('is the same when a part cannot be made, and does not wait for requests that none can send', async () => {
    const settings = { ...context.settings, DAYTRADE_DRAIN_PAUSE_SECONDS: 600 };
    const broken = () => Promise.reject(new Error('out of order'));
    const parts = [
      ['data', part('data')],
      ['ml', broken],
    ] as const;
    await expect(openHost({ ...context, settings, open, parts })).rejects.toThrow('out of order');
    const end = ['data drains', 'queue stops', 'queue stopped', 'data closes what it opened', 'closed'];
    expect(events).toEqual(['opened', ...end]);
  });
});

it('says which setting gave a port that is in use', async () => {
  await using host = await openHost({ ...context, open, parts: [['data', part('data')]] });
  const { port } = await host.listen('data');
  const settings = { ...context.settings, DAYTRADE_PORT: port };
  await using second = await openHost({ ...context, settings, open, parts: [['ml', part('ml')]] });
  await expect(second.listen('ml')).rejects.toThrow(/ml cannot listen there; .* set DAYTRADE_PORT/);
});
