import { join } from 'node:path';
import { keptDays } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { addDays, instantOf, japanDate } from '@daytrade/market';
import { isLoopback } from '@daytrade/service/client';
import { type BackupPlace, makeBackup, openBackupPlace, restoreAside } from '@daytrade/storage/backup';
import { pruneRecords } from '../backtest/stored-record.ts';
import { replayPredictions } from '../backups/replay-predictions.ts';
import type { MlServiceDependencies } from '../dependencies.ts';

/**
 * Job `retention`: removes runs, evaluations, models, reports and notices older than the settings allow. Live models,
 * targets of a rollback and everything that a kept record names stay, at any age.
 */
export function retentionJob({ stores, settings, clock }: MlServiceDependencies): JobDefinition {
  const days = keptDays(settings.DAYTRADE_KEEP_DAYS)!;
  return defineJob('retention', async ({ payload: { dryRun }, progress }) => {
    const today = japanDate(clock.now());
    // Counted from midnight in Japan, so that the runs of a session, which name each other, go together.
    const before = (kept: number) => new Date(instantOf(addDays(today, -kept), '00:00')).toISOString();
    progress({ stage: 'removing what is old', fraction: 0.1 });
    const models = await stores.models.prune({ before: before(days.models), dryRun });
    const evaluations = await stores.evaluations.prune({ before: before(days.evaluations), dryRun });
    const reportsBefore = addDays(today, -days.reports);
    const reports = await stores.reports.prune({ before: reportsBefore, dryRun });
    const selections = await stores.selections.prune({ before: reportsBefore, dryRun });
    const notices = await stores.notices.prune({ before: before(days.notices), dryRun });
    const runs = await stores.runs.prune({ before: before(days.runs), dryRun });
    if (!dryRun) await pruneRecords(stores);
    return { dryRun, runs, evaluations, models, reports, selections, notices };
  });
}

/** Job `backup`: backs up everything, then removes the backups beyond the number to keep. */
export function backupJob(dependencies: MlServiceDependencies): JobDefinition {
  const { stores, settings, clock, version } = dependencies;
  return defineJob('backup', async ({ payload: { dryRun, keep, target }, signal, progress }) =>
    withBackupPlace(dependencies, target, async (place) => {
      const from = clock.now();
      const now = () => clock.now();
      const { head, sentBytes, sentFiles } = await makeBackup({
        stores,
        place,
        now,
        version,
        dryRun,
        signal,
        progress,
      });
      progress({ stage: 'removing old backups', fraction: 0.95 });
      const removed = dryRun ? [] : await place.removeOld(keep ?? settings.DAYTRADE_BACKUP_KEEP);
      return {
        ...head.counts,
        backup: dryRun ? null : head.id,
        snapshotAt: head.snapshotAt,
        sentBytes,
        sentFiles,
        removed: [...removed],
        seconds: (clock.now() - from) / 1000,
      };
    }),
  );
}

/**
 * Job `restore-drill`: restores the newest backup into a temporary folder and compares counts, checksums and
 * predictions. Its runs are the history of drills.
 */
export function restoreDrillJob(dependencies: MlServiceDependencies): JobDefinition {
  const { settings, clock } = dependencies;
  return defineJob('restore-drill', async ({ signal, progress }) =>
    withBackupPlace(dependencies, undefined, async (place) => {
      const from = clock.now();
      const { head, found: replayed } = await restoreAside(join(settings.DAYTRADE_STATE_DIR, 'scratch'), {
        place,
        signal,
        progress,
        purpose: 'restore drill',
        now: () => clock.now(),
        verify: replayPredictions,
      });
      return {
        ...head.counts,
        backup: head.id,
        snapshotAt: head.snapshotAt,
        rtoSeconds: (clock.now() - from) / 1000,
        rpoSeconds: Math.max(0, from - Date.parse(head.snapshotAt)) / 1000,
        replayed,
      };
    }),
  );
}

/**
 * Uses the place of the request, or else of the settings.
 * @throws DayTradeError `settings.invalid` without one; `input.invalid` for a request beyond loopback that names one
 */
async function withBackupPlace<Result>(
  { settings, clock, stores }: Pick<MlServiceDependencies, 'settings' | 'clock' | 'stores'>,
  requested: string | undefined,
  use: (place: BackupPlace) => Promise<Result>,
): Promise<Result> {
  const { DAYTRADE_BACKUP_TARGET: configured, DAYTRADE_BACKUP_KEY_FILE: keyFile, DAYTRADE_HOST: host } = settings;
  if (requested !== undefined && requested !== configured && !(isLoopback(host) && stores.alone)) {
    throw new DayTradeError(
      'input.invalid',
      'target: this platform is open to others, so it backs up to DAYTRADE_BACKUP_TARGET only',
    );
  }
  const target = requested ?? configured;
  if (target === undefined) {
    throw new DayTradeError(
      'settings.invalid',
      'there is no place for the backup: name a folder or s3://BUCKET/PREFIX after the command, or set ' +
        'DAYTRADE_BACKUP_TARGET for the process that backs up',
    );
  }
  const endpoint = settings.DAYTRADE_BACKUP_S3_ENDPOINT;
  const { place, close } = await openBackupPlace({ target, keyFile, endpoint, now: () => clock.now() });
  try {
    return await use(place);
  } finally {
    close();
  }
}
