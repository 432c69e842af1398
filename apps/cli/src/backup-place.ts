import { resolve } from 'node:path';
import type { BackupPlace } from '@daytrade/storage/backup';
import type { CommandContext } from './define-command.ts';
import { textOption, wrongInput } from './input.ts';
import { systemClock } from './platform/system-clock.ts';

/**
 * Uses the place of the backups in the options `--from` and `--key-file`, or else in the settings.
 * @throws DayTradeError `input.invalid` without a place; errors of `openBackupPlace`
 */
export async function withBackups<Result>(
  { settings }: Pick<CommandContext, 'settings'>,
  options: Readonly<Record<string, unknown>>,
  use: (place: BackupPlace) => Promise<Result>,
): Promise<Result> {
  const target = textOption(options, 'from') ?? settings.DAYTRADE_BACKUP_TARGET;
  const keyFile = textOption(options, 'keyFile') ?? settings.DAYTRADE_BACKUP_KEY_FILE;
  if (target === undefined) {
    const expected = 'the folder of the backups, or s3://BUCKET/PREFIX';
    throw wrongInput('--from', `expected ${expected}; or set DAYTRADE_BACKUP_TARGET`);
  }
  const { openBackupPlace } = await import('@daytrade/storage/backup');
  const { place, close } = await openBackupPlace({
    target,
    keyFile: keyFile === undefined ? undefined : resolve(keyFile),
    endpoint: settings.DAYTRADE_BACKUP_S3_ENDPOINT,
    now: () => systemClock.now(),
  });
  try {
    return await use(place);
  } finally {
    close();
  }
}
