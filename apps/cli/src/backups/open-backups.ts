import { resolve } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import type { BackupPlace } from '@daytrade/storage/backup';
import type { CommandContext } from '../command-context.ts';
import { textOption } from '../input.ts';
import { systemClock } from '../platform/system-clock.ts';

/**
 * Uses the place of the options `--from` and `--key-file`, else of the settings.
 *
 * @throws DayTradeError `input.invalid` where neither says it; what `openBackupPlace` throws
 */
export async function withBackups<Result>(
  { settings }: Pick<CommandContext, 'settings'>,
  options: Readonly<Record<string, unknown>>,
  use: (place: BackupPlace) => Promise<Result>,
): Promise<Result> {
  const target = textOption(options, 'from') ?? settings.DAYTRADE_BACKUP_TARGET;
  const keyFile = textOption(options, 'keyFile') ?? settings.DAYTRADE_BACKUP_KEY_FILE;
  if (target === undefined) throw missing('--from', 'the folder of the backups, or s3://BUCKET/PREFIX', 'TARGET');
  if (keyFile === undefined) throw missing('--key-file', 'the file with the key of the backups', 'KEY_FILE');
  const { openBackupPlace } = await import('@daytrade/storage/backup');
  const endpoint = settings.DAYTRADE_BACKUP_S3_ENDPOINT;
  const { place, close } = await openBackupPlace({
    target,
    keyFile: resolve(keyFile),
    endpoint,
    now: () => systemClock.now(),
  });
  try {
    return await use(place);
  } finally {
    close();
  }
}

function missing(field: string, what: string, setting: string): DayTradeError {
  return new DayTradeError('input.invalid', `${field}: expected ${what}; or set DAYTRADE_BACKUP_${setting}`, {
    details: { field },
  });
}
