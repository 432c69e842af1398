import { defaultJobs, type Run } from '@daytrade/jobs';
import { MemoryRunLedger } from '@daytrade/jobs/testing';
import type { Service } from '@daytrade/service';
import { beforeEach, expect, it } from 'vitest';
import { emptyService } from './empty-service.fixture.ts';
import { addOverdueMetric } from './metrics.ts';

const retention = defaultJobs.find(({ name }) => name === 'retention')!;

let now: number;
let ledger: MemoryRunLedger;
let service: Service;

beforeEach(async () => {
  now = Date.parse('2026-11-27T00:00:00Z');
  ledger = new MemoryRunLedger();
  service = await emptyService();
  addOverdueMetric(
    service,
    { scheduled: () => [retention, { ...retention, name: 'off', enabled: false }] },
    { ledger, clock: { now: () => now } },
  );
  // Two hours after its due time, which is Sunday at 06:00 in Japan.
  now = Date.parse('2026-11-29T08:00:00+09:00');
});

/** Undefined where nothing is said of the job. */
async function overdueSeconds(): Promise<number | undefined> {
  const [, seconds] = /^daytrade_job_overdue_seconds\{job="retention"\} (\d+)$/m.exec(await metrics()) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

const metrics = async () => (await service.inject('/metrics')).body;

async function succeeds(queuedAt: string, payload: Run['payload']): Promise<void> {
  const run = { id: queuedAt, key: queuedAt, job: 'retention', status: 'succeeded', payload, queuedAt, replayOf: null };
  await ledger.create({ ...run, trigger: 'manual' } as unknown as Run);
}

it('a job is overdue from its due time until a run has covered it, which a dry run does not', async () => {
  expect(await overdueSeconds()).toBe(7_200);
  await succeeds('2026-11-28T22:30:00.000Z', { dryRun: true });
  expect(await overdueSeconds()).toBe(7_200);
  await succeeds('2026-11-28T22:45:00.000Z', {});
  expect(await overdueSeconds()).toBe(0);
  expect(await metrics()).not.toContain('job="off"');
});
