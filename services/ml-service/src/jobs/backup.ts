import { join } from 'node:path';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { makeBackup } from '@daytrade/storage/backup';
import { withBackupPlace } from '../backups/configured-place.ts';
import type { MlServiceDependencies } from '../dependencies.ts';

/** Job `backup`: backs up everything to the place of the settings, then removes backups that are too many. */
export function backupJob(dependencies: MlServiceDependencies): JobDefinition {
  const { stores, settings, clock, version } = dependencies;
  return defineJob('backup', async ({ payload: { dryRun, keep }, signal, progress }) =>
    withBackupPlace(dependencies, async (place) => {
      const from = clock.now();
      const { head, sentBytes, sentPieces } = await makeBackup({
        stores,
        place,
        scratch: join(settings.DAYTRADE_STATE_DIR, 'scratch'),
        now: () => clock.now(),
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
        sentPieces,
        removed: [...removed],
        seconds: (clock.now() - from) / 1000,
      };
    }),
  );
}
