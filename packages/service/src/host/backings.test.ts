import { DayTradeError } from '@daytrade/errors';
import { InProcessQueue } from '@daytrade/jobs';
import { jobOf, MemoryRunLedger, requestOf } from '@daytrade/jobs/testing';
import { expect, it } from 'vitest';
import { createLogger } from '../server/logging.ts';
import { logRunEnds, logRunStart } from './backings.ts';

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
