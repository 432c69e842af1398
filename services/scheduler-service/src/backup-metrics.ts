import { parseResult } from '@daytrade/contracts';
import { dueTimes, type RunLedger, type StartableJob } from '@daytrade/jobs';
import type { Service } from '@daytrade/service';

/** A backup may take this long after it was due. */
const roomMs = 2 * 3_600_000;
/** A job by the sessions of the exchange is due again within this time, whatever the holidays are. */
const horizonMs = 21 * 86_400_000;

export interface BackupMetricParts {
  readonly ledger: Pick<RunLedger, 'list'>;
  readonly clock: { readonly now: () => number };
  /** The jobs with their schedules, as they are set now. */
  readonly scheduled: () => readonly StartableJob[];
}

/**
 * How old the newest backup is, how old it may be by the jobs that start one, and what the newest drill measured: out
 * of the runs of both at each scrape. Retention keeps these runs, whatever their age.
 */
export function addBackupMetrics(service: Service, { ledger, clock, scheduled }: BackupMetricParts): void {
  const age = service.metrics.gauge('copyAge');
  const due = service.metrics.gauge('copyDue');
  const measured = service.metrics.gauge('restoreDrill');
  const since = (instant: string) => (clock.now() - Date.parse(instant)) / 1_000;
  service.metrics.beforeScrape(async () => {
    const dueMs = lastDue(scheduled(), clock.now());
    if (dueMs === undefined) due.remove({ of: 'backup' });
    else due.set({ of: 'backup' }, (clock.now() - dueMs) / 1_000);
    const newestOf = async (job: 'backup' | 'restore-drill') =>
      (await ledger.list({ job, status: 'succeeded', withoutDryRuns: true, limit: 1 }))[0];
    const backup = await newestOf('backup');
    if (backup !== undefined) age.set({ of: 'backup' }, since(parseResult('backup', backup.result).snapshotAt));
    const drill = await newestOf('restore-drill');
    if (drill === undefined) return;
    const { rtoSeconds, rpoSeconds } = parseResult('restore-drill', drill.result);
    age.set({ of: 'restore-drill' }, since(drill.queuedAt));
    measured.set({ measured: 'rto' }, rtoSeconds);
    measured.set({ measured: 'rpo' }, rpoSeconds);
  });
}

/** When a backup was due last that must be there by now; undefined where no job starts backups. */
function lastDue(jobs: readonly StartableJob[], now: number): number | undefined {
  const dues = jobs
    .filter(({ queueJob, enabled, payload }) => queueJob === 'backup' && enabled && payload.dryRun !== true)
    .flatMap(({ schedule }) => {
      if (schedule.type === 'continuous') return [now];
      return dueTimes(schedule, now - horizonMs, now - roomMs).slice(-1);
    });
  return dues.length === 0 ? undefined : Math.max(...dues);
}
