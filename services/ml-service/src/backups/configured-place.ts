import { DayTradeError } from '@daytrade/errors';
import { type BackupPlace, openBackupPlace } from '@daytrade/storage/backup';
import type { MlServiceDependencies } from '../dependencies.ts';

/**
 * Uses the place of the settings.
 *
 * @throws DayTradeError `settings.invalid` without one; what `openBackupPlace` throws
 */
export async function withBackupPlace<Result>(
  { settings, clock }: Pick<MlServiceDependencies, 'settings' | 'clock'>,
  use: (place: BackupPlace) => Promise<Result>,
): Promise<Result> {
  const { DAYTRADE_BACKUP_TARGET: target, DAYTRADE_BACKUP_KEY_FILE: keyFile } = settings;
  if (target === undefined || keyFile === undefined) {
    throw new DayTradeError(
      'settings.invalid',
      'DAYTRADE_BACKUP_TARGET is not set: expected the folder, or s3://BUCKET/PREFIX, that backups are put into, and ' +
        'DAYTRADE_BACKUP_KEY_FILE, the file with their key; both are read by the process that backs up',
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
