import { expect, it } from 'vitest';
import { jobOf } from '../testing/controlled-handler.ts';
import { fakeClock, stopTimeAt } from '../testing/fake-time.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { acceptRun, requestKey } from './accept-run.ts';

stopTimeAt('2026-11-24T09:15:00Z');

const outline = jobOf('training', async () => ({}), { maxAttempts: 4 });
const accept = async (request: object = {}, random = () => 0) =>
  await acceptRun({ ledger: new MemoryRunLedger(), clock: fakeClock, random }, outline, {
    job: 'training',
    key: 'training/1',
    payload: { seed: 1 },
    trigger: 'request',
    ...request,
  });

it('a run is written as it was asked for, with all that is not known yet as null', async () => {
  expect(await accept()).toEqual({
    created: true,
    run: {
      id: 'r20261124-091500-00000000',
      job: 'training',
      key: 'training/1',
      trigger: 'request',
      requestId: null,
      status: 'queued',
      attempt: 0,
      maxAttempts: 4,
      payload: { seed: 1 },
      progress: null,
      result: null,
      error: null,
      scheduledFor: null,
      queuedAt: '2026-11-24T09:15:00.000Z',
      startedAt: null,
      finishedAt: null,
      replayOf: null,
      missed: null,
      dependencies: null,
    },
  });
  const known = { requestId: 'q', scheduledFor: '2026-11-24T09:00:00.000Z', replayOf: 'r-1', missed: 2 };
  expect((await accept({ ...known, waits: true })).run).toMatchObject({ ...known, status: 'waiting' });
  expect((await accept({ waits: false })).run.status).toBe('queued');
});

it('its id ends in 8 letters and digits drawn at random, from 0 to z', async () => {
  const draws = [0, 0.999, 1 / 36, 9.5 / 36, 10 / 36, 35 / 36, 0.5, 0.25];
  expect((await accept({}, () => draws.shift()!)).run.id).toBe('r20261124-091500-0z19azi9');
});

it('the key of a request begins with its job and depends on its payload', () => {
  const key = requestKey('training', { seed: 1 });
  expect(key).toMatch(/^training\/request-[0-9a-f]{12}$/);
  expect(requestKey('training', { seed: 1 })).toBe(key);
  expect(requestKey('training', { seed: 2 })).not.toBe(key);
});
