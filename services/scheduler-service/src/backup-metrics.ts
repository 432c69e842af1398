import { parseResult } from '@daytrade/contracts';
import type { RunLedger } from '@daytrade/jobs';
import type { Service } from '@daytrade/service-kit';

/** Runs that are looked through for the newest that is not a dry run. */
const runsRead = 20;

export interface BackupMetricParts {
  readonly ledger: Pick<RunLedger, 'list'>;
  readonly clock: { readonly now: () => number };
}

/** How old the newest backup is, and what the newest drill measured, out of the runs of both jobs at each scrape. */
export function addBackupMetrics(service: Service, { ledger, clock }: BackupMetricParts): void {
  const age = service.metrics.gauge('copyAge');
  const measured = service.metrics.gauge('restoreDrill');
  const since = (instant: string) => (clock.now() - Date.parse(instant)) / 1_000;
  service.metrics.beforeScrape(async () => {
    const backups = await ledger.list({ job: 'backup', status: 'succeeded', limit: runsRead });
    const newest = backups.map(({ result }) => parseResult('backup', result)).find(({ backup }) => backup !== null);
    if (newest !== undefined) age.set({ of: 'backup' }, since(newest.snapshotAt));
    const [drill] = await ledger.list({ job: 'restore-drill', status: 'succeeded', limit: 1 });
    if (drill === undefined) return;
    const { rtoSeconds, rpoSeconds } = parseResult('restore-drill', drill.result);
    age.set({ of: 'restore-drill' }, since(drill.queuedAt));
    measured.set({ measured: 'rto' }, rtoSeconds);
    measured.set({ measured: 'rpo' }, rpoSeconds);
  });
}
