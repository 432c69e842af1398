import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';

/**
 * Writes a new key into a file that is not there yet, for its owner alone.
 *
 * @returns the id of the key
 * @throws DayTradeError `output.exists`, `output.unwritable`
 */
export async function makeKey(path: string): Promise<string> {
  const { BackupKey } = await import('@daytrade/storage/backup');
  const text = BackupKey.textOf(randomBytes(32));
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new DayTradeError('output.exists', `${path}: there already; a key that is lost loses its backups`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError('output.unwritable', `${path} cannot be written: ${reason}`, { cause: error });
  }
  return BackupKey.parse(text, path).id;
}
