import { defaultJobs, type Run, type StartableJob } from '@daytrade/jobs';
import { MemoryRunLedger } from '@daytrade/jobs/testing';
import { expect, it } from 'vitest';
import { emptyService } from './empty-service.fixture.ts';
import { addBackupMetrics } from './metrics.ts';

const now = Date.parse('2026-11-24T07:00:00Z');
const counts = { tables: 18, rows: 100, objects: 5, barFiles: 4, bytes: 1000 };
/** A job of the settings that starts `backup` daily at 02:00. */
const nightly: StartableJob = {
  ...defaultJobs.find(({ name }) => name === 'report')!,
  name: 'backups',
  queueJob: 'backup',
  schedule: { type: 'daily', at: '02:00' },
};
const continuous: StartableJob = { ...nightly, name: 'all-day', schedule: { type: 'continuous', pauseSeconds: 240 } };
const ended: Omit<Run, 'id' | 'job' | 'key' | 'payload'> = {
  trigger: 'manual',
  requestId: null,
  status: 'succeeded',
  attempt: 1,
  maxAttempts: 1,
  progress: null,
  scheduledFor: null,
  queuedAt: '2026-11-24T06:00:00.000Z',
  startedAt: '2026-11-24T06:00:00.000Z',
  finishedAt: '2026-11-24T06:00:00.000Z',
  replayOf: null,
  missed: 0,
  result: null,
  error: null,
  dependencies: null,
};

interface Platform {
  readonly runs: readonly Pick<Run, 'job' | 'payload' | 'result'>[];
  readonly jobs: readonly StartableJob[];
  readonly at: number;
}

const sent = { sentBytes: 0, sentFiles: 0, removed: [], seconds: 1 };

/** What a scrape answers on 2026-11-24, 16:00 in Japan. */
async function scrapeOf({ runs = [], jobs = [], at = now }: Partial<Platform>): Promise<string> {
  const service = await emptyService();
  const ledger = new MemoryRunLedger();
  for (const [id, run] of runs.entries()) await ledger.create({ ...ended, id: String(id), key: String(id), ...run });
  addBackupMetrics(service, { ledger, clock: { now: () => at }, jobs });
  return (await service.inject('/metrics')).body;
}

const backup = (id: string | null, snapshotAt: string) => ({
  job: 'backup',
  payload: { dryRun: id === null },
  result: { ...counts, ...sent, backup: id, snapshotAt },
});

it('says nothing before there is a backup, or a job that makes one', async () => {
  const retention = { ...nightly, queueJob: 'retention' };
  const rehearsal = { ...nightly, payload: { dryRun: true } };
  const jobs = [retention, rehearsal, { ...nightly, enabled: false }];
  expect(await scrapeOf({ jobs })).not.toMatch(/^daytrade_(?:copy|restore)\S* \d/m);
});

it('says how old the newest backup is, dry runs aside, and what the newest drill measured', async () => {
  const drill = { ...counts, backup: 'a', snapshotAt: '2026-11-24T06:55:00.000Z', replayed: null };
  const body = await scrapeOf({
    runs: [
      backup('a', '2026-11-24T06:55:00.000Z'),
      ...Array.from({ length: 30 }, () => backup(null, '2026-11-24T06:59:00.000Z')),
      { job: 'restore-drill', payload: {}, result: { ...drill, rtoSeconds: 42, rpoSeconds: 7 } },
    ],
  });
  expect(body).toContain('daytrade_copy_age_seconds{of="backup"} 300');
  expect(body).toContain('daytrade_copy_age_seconds{of="restore-drill"} 3600');
  expect(body).toContain('daytrade_restore_drill_seconds{measured="rto"} 42');
  expect(body).toContain('daytrade_restore_drill_seconds{measured="rpo"} 7');
  expect(body).not.toMatch(/^daytrade_copy_due_seconds\S* \d/m);
});

it.each<readonly [what: string, jobs: readonly StartableJob[], at: string, hours: number]>([
  ['a day of the exchange', [nightly], '2026-11-25T12:00:00+09:00', 10],
  ['Sunday after Friday', [nightly], '2026-11-29T12:00:00+09:00', 58],
  ['New Year', [nightly], '2027-01-03T12:00:00+09:00', 4 * 24 + 10],
  ['an hour after it is due, when it may still run', [nightly], '2026-11-25T03:00:00+09:00', 25],
  ['a continuous job beside it', [nightly, continuous], '2026-11-29T12:00:00+09:00', 0],
])('says how long ago a backup was due: %s', async (_, jobs, at, hours) => {
  const body = await scrapeOf({ jobs, at: Date.parse(at) });
  expect(body).toContain(`daytrade_copy_due_seconds{of="backup"} ${hours * 3600}\n`);
});
