import { afterEach, describe, expect, it } from 'vitest';
import { claimOf } from '../run.ts';
import { clockAt } from '../testing/clock-at.ts';
import { controlledHandler, jobOf, requestOf } from '../testing/controlled-handler.ts';
import { MemoryRunLedger } from '../testing/memory-run-ledger.ts';
import { InProcessQueue } from './in-process-queue.ts';
import { replayRun } from './replay.ts';

const ledger = new MemoryRunLedger();
const onError = (error: unknown) => expect.unreachable(String(error));
const queue = new InProcessQueue({ ledger, clock: clockAt(), random: Math.random, concurrency: 2, onError });
const fails = async () => Promise.reject(new Error('no bars'));
const waiting = controlledHandler();
queue.register(jobOf('training', fails, { maxAttempts: 1 }));
queue.register(jobOf('report', async () => ({})));
queue.register(jobOf('backup', waiting.handler));
await queue.start();
afterEach(() => queue.stop(0));

describe('a run is replayed', () => {
  it('with its work once it has ended without success, and once alone', async () => {
    const due = '2026-11-24T00:00:00.000Z';
    const request = { ...requestOf('training'), trigger: 'schedule', scheduledFor: due } as const;
    const { id } = await queue.finished((await queue.enqueue(request)).id);
    const replay = await replayRun({ queue, ledger }, id, 'request-1');
    expect(replay).toMatchObject({
      job: 'training',
      key: 'training/1',
      payload: { seed: 7 },
      trigger: 'replay',
      replayOf: id,
      scheduledFor: due,
      requestId: 'request-1',
    });
    await queue.finished(replay.id);
    expect((await replayRun({ queue, ledger }, id)).id).toBe(replay.id);

    const succeeded = await queue.finished((await queue.enqueue(requestOf('report'))).id);
    await expect(replayRun({ queue, ledger }, succeeded.id)).rejects.toMatchObject({
      code: 'run.not-dead',
      message: `run ${succeeded.id} is succeeded; only one that ended without success can be replayed`,
    });
    const running = await queue.enqueue(requestOf('backup'));
    await expect(replayRun({ queue, ledger }, running.id)).rejects.toMatchObject({ code: 'run.not-dead' });
    await expect(replayRun({ queue, ledger }, 'r-0')).rejects.toMatchObject({ code: 'run.not-found' });
  });
});

it.each([
  ['schedule', null, 'report/1'],
  ['misfire', null, 'report/1'],
  ['request', null, undefined],
  ['manual', null, undefined],
  ['replay', 'r-7', 'replay/r-7'],
] as const)('only one run may ever have the key of a run by %s of %s: %s', (trigger, replayOf, claim) => {
  expect(claimOf({ trigger, key: 'report/1', replayOf })).toBe(claim);
});
