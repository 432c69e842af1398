import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { unwritable } from '../../state-folder/unwritable.ts';
import { postgresAdapter } from '../postgres/adapter.ts';

/** Reasons by the numbers of PGlite's file system, which are those of WASI's `__wasi_errno_t`. */
const reasons: Readonly<Record<number, string>> = {
  2: 'EACCES: permission denied',
  19: 'EDQUOT: the disk quota is used up',
  29: 'EIO: the disk failed to read or write',
  51: 'ENOSPC: no space left on the disk',
  63: 'EPERM: operation not permitted',
  69: 'EROFS: the file system is read-only',
};

/** Free space below which PGlite cannot write its log, and ends without a reason. */
const needed = { mebibytes: 32 };

/** Returns the error of a database that did not open: the system's reason if nothing can be written, else damage. */
export async function openingFailure(folder: string, error: unknown): Promise<DayTradeError> {
  if (isDayTradeError(error)) return error;
  const what = `the database in ${folder}`;
  const { errno, code } = (error ?? {}) as { readonly errno?: number; readonly code?: unknown };
  const reason = errno === undefined ? undefined : reasons[errno];
  if (reason !== undefined) return unwritable(what, new Error(reason, { cause: error }));
  if (postgresAdapter.isDiskFull(error) || (typeof code === 'string' && /^E[A-Z]+$/.test(code)))
    return unwritable(what, error);
  const left = await mebibytesLeft(folder);
  if (left !== undefined && left < needed.mebibytes) {
    return unwritable(what, new Error(`${reasons[51]} (${left} MiB are left)`, { cause: error }));
  }
  return damaged(folder, `cannot be opened: its files are damaged or not all there (${wordsOf(error)})`, error);
}

/** Returns the error of a folder with files of a database and without its version file. */
export function noVersion(folder: string): DayTradeError {
  const found = 'has files and no PG_VERSION, so it is only a part of a database; nothing in it was changed';
  return damaged(folder, `${found}. Put the whole folder back from a copy of the state folder`);
}

function damaged(folder: string, problem: string, cause?: unknown): DayTradeError {
  return new DayTradeError('state.damaged', `the database in ${folder} ${problem}`, { details: { folder }, cause });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] as string) : JSON.stringify(error);
}

/** Returns the free space of the disk that holds the folder. */
async function mebibytesLeft(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(dirname(folder));
    return Math.floor((bavail * bsize) / 2 ** 20);
  } catch {
    return undefined;
  }
}
