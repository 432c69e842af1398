import { readFileSync, statSync } from 'node:fs';
import { faultOfValue } from '@daytrade/contracts';

const readByOthers = 0o044;

/**
 * Whether the file with the key of J-Quants has one. That others can read it is a note, since a secret that a cluster
 * mounts has the mode that the cluster gives it. No message shows what is in the file.
 */
export function checkKeyFile(path: string): { readonly ok: boolean; readonly message: string } {
  try {
    const fault = faultOfValue('DAYTRADE_JQUANTS_API_KEY', readFileSync(path, 'utf8').trim());
    if (fault !== undefined) return { ok: false, message: `${path} has something else in it; ${fault}` };
    const { mode } = statSync(path);
    const isOpen = process.platform !== 'win32' && (mode & readByOthers) !== 0;
    return { ok: true, message: isOpen ? `${path}, which others can read: chmod 600 ${path}` : path };
  } catch (error) {
    return { ok: false, message: `${path} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
