import { DayTradeError } from '@daytrade/errors';
import { InProcessQueue, type Run } from '@daytrade/jobs';
import { jobOf, MemoryRunLedger, requestOf } from '@daytrade/jobs/testing';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../server/logging.ts';
import { databaseCheck, freshnessOf, logRunEnds, logRunStart } from './backings.ts';

it('says when each attempt of a run began and how the run ended, with its id and that of the request', async () => {
  const lines: object[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as object) };
  const logger = createLogger({ level: 'info', destination });
  const queue = new InProcessQueue({
    ledger: new MemoryRunLedger(),
    clock: { now: Date.now, setTimeout, clearTimeout },
    random: Math.random,
    concurrency: 1,
    onStarted: logRunStart(logger),
    onError: (error) => expect.unreachable(String(error)),
  });
  logRunEnds(queue, logger);
  let attempts = 0;
  queue.register(
    jobOf('fetch', async () => {
      attempts += 1;
      throw new DayTradeError(attempts === 1 ? 'data.provider-failed' : 'data.no-bars', `attempt ${attempts}`);
    }),
  );
  await queue.start();
  const { id } = await queue.enqueue({ ...requestOf('fetch'), requestId: 'r-1' });
  await queue.finished(id);
  await queue.stop(1);
  const known = { runId: id, job: 'fetch', requestId: 'r-1', trigger: 'request' };
  expect(lines).toMatchObject([
    { ...known, attempt: 1, level: 30, msg: 'fetch began' },
    { ...known, attempt: 2, level: 30, msg: 'fetch began' },
    { ...known, attempt: 2, level: 40, status: 'failed', code: 'data.no-bars', msg: 'fetch ended: failed: attempt 2' },
  ]);
});

it.each([
  ['succeeded', '2026-11-30T06:30:12.500Z', null, 30, 12.5, 'training ended: succeeded'],
  ['failed', '2026-11-30T06:30:00.000Z', 'too few bars', 40, 0, 'training ended: failed: too few bars'],
  ['cancelled', null, null, 30, null, 'training ended: cancelled'],
])('says after how many seconds a run %s', (status, finishedAt, message, level, seconds, msg) => {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const listeners: ((run: Run) => void)[] = [];
  logRunEnds({ onFinished: (listener) => void listeners.push(listener) as never }, logger);
  const error = message === null ? null : { code: 'training.too-few-bars', message };
  const run = { id: 'a-run', job: 'training', attempt: 1, trigger: 'manual', requestId: null, status, error };
  for (const listener of listeners) {
    listener({ ...run, startedAt: '2026-11-30T06:30:00.000Z', finishedAt } as unknown as Run);
  }
  expect(lines).toMatchObject([{ runId: 'a-run', level, status, seconds, msg }]);
  expect(lines[0]).not.toHaveProperty('requestId');
});

describe('the database', () => {
  const check = (found: number) => databaseCheck({ schema: async () => ({ needed: 7, found }) }).check();

  it('is ready with the schema of this program or a newer one', async () => {
    await expect(check(7)).resolves.toBeUndefined();
    await expect(check(8)).resolves.toBeUndefined();
  });

  it('is not ready with an older schema, and says both versions', async () => {
    await expect(check(6)).rejects.toMatchObject({
      code: 'service.unavailable',
      message: 'its schema version is 6 and this version needs 7: run `daytrade database migrate`',
    });
  });
});

it('keeps answers for 30 seconds in a process that is alone, and for 1 second beside others', () => {
  const writes = { version: (tables: readonly string[]) => tables.length } as never;
  const of = (alone: boolean) => freshnessOf({ writes, alone });
  expect([of(true).freshForMs, of(false).freshForMs]).toEqual([30_000, 1_000]);
  expect(of(true).version(['models', 'symbols'])).toBe(2);
});
