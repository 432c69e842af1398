import { statSync } from 'node:fs';

/**
 * Another one for each file that takes the place of one: files of bars are replaced, never written over. Undefined
 * where there is none, or none that can be looked at.
 */
export function fileIdentity(path: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${path} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}
