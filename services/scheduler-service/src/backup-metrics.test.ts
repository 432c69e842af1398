import { parseSettings, type Run } from '@daytrade/contracts';
import { createLogger, createService, edgeOf } from '@daytrade/service-kit';
import { expect, it, onTestFinished } from 'vitest';
import { addBackupMetrics } from './backup-metrics.ts';

const now = Date.parse('2026-11-24T07:00:00Z');
const counts = { tables: 18, rows: 100, objects: 5, barFiles: 4, bytes: 1000 };
const sent = { sentBytes: 0, sentPieces: 0, removed: [], seconds: 1 };

async function scrapeOf(results: Readonly<Record<string, readonly object[]>>): Promise<string> {
  const service = await createService({
    name: 'scheduler-service',
    description: 'a test',
    version: '1.2.3',
    logger: createLogger({ level: 'silent' }),
    ...edgeOf(parseSettings({})),
    checks: [],
  });
  onTestFinished(() => service.close());
  const list = async ({ job = '' }: { readonly job?: string | undefined }) =>
    (results[job] ?? []).map((result) => ({ result, queuedAt: '2026-11-24T06:00:00.000Z' }) as unknown as Run);
  addBackupMetrics(service, { ledger: { list }, clock: { now: () => now } });
  return (await service.inject('/metrics')).body;
}

it('says nothing before there is a backup', async () => {
  expect(await scrapeOf({})).not.toMatch(/^daytrade_(?:copy|restore)\S* \d/m);
});

it('says how old the newest backup is, dry runs aside, and what the newest drill measured', async () => {
  const backup = (id: string | null, snapshotAt: string) => ({ ...counts, ...sent, backup: id, snapshotAt });
  const drill = { ...counts, backup: 'a', snapshotAt: '2026-11-24T06:55:00.000Z', replayed: null };
  const body = await scrapeOf({
    backup: [backup(null, '2026-11-24T06:59:00.000Z'), backup('a', '2026-11-24T06:55:00.000Z')],
    'restore-drill': [{ ...drill, rtoSeconds: 42, rpoSeconds: 7 }],
  });
  expect(body).toContain('daytrade_copy_age_seconds{of="backup"} 300');
  expect(body).toContain('daytrade_copy_age_seconds{of="restore-drill"} 3600');
  expect(body).toContain('daytrade_restore_drill_seconds{measured="rto"} 42');
  expect(body).toContain('daytrade_restore_drill_seconds{measured="rpo"} 7');
});
