import { join } from 'node:path';
import { defineJob, type JobDefinition } from '@daytrade/jobs';
import { restoreAside } from '@daytrade/storage/backup';
import { withBackupPlace } from '../backups/configured-place.ts';
import { replayPredictions } from '../backups/replay-predictions.ts';
import type { MlServiceDependencies } from '../dependencies.ts';

/**
 * Job `restore-drill`: restores the newest backup into a folder of its own, whatever form the platform has, and
 * compares counts, checksums and predictions. Its runs are the history of drills.
 */
export function restoreDrillJob(dependencies: MlServiceDependencies): JobDefinition {
  const { settings, clock } = dependencies;
  return defineJob('restore-drill', async ({ signal, progress }) =>
    withBackupPlace(dependencies, async (place) => {
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
