import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

const mostBytes = 16_384;

/** Thrown for a file that others may read or write, and says why; the message never has what is in it. */
export class NotOwnersOnly extends Error {}

/**
 * Reads a file that its owner alone may read and write: a file of its own and no link, of this user, of mode 0600.
 * Windows has no modes; there the file is read as it is.
 *
 * @throws NotOwnersOnly
 */
export function readOwnerOnlyFile(path: string): string {
  const file = opened(path);
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new NotOwnersOnly('it is not a file');
    if (process.platform !== 'win32') {
      const mode = found.mode & 0o7777;
      if (found.uid !== process.getuid?.()) throw new NotOwnersOnly('it belongs to another user');
      if (mode !== 0o600) throw new NotOwnersOnly(`its mode is ${mode.toString(8)}, not 600: chmod 600 ${path}`);
    }
    if (found.size > mostBytes) throw new NotOwnersOnly(`it has more than ${mostBytes} bytes`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    // A pipe must not be waited for, and a link may be put where somebody else reads.
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NotOwnersOnly(code === 'ELOOP' ? 'it is a link' : `it cannot be read (${code})`);
  }
}
