import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One line per file or link below one of the folders: path, mode, owner, and the hash of what is in it or where it
 * points.
 */
export function describeFiles(folders: readonly string[], skipped: RegExp): readonly string[] {
  const lines = folders.flatMap((folder) =>
    filesBelow(folder)
      .filter((path) => !skipped.test(path.slice(folder.length)))
      .map((path) => describe(folder, path)),
  );
  return lines.toSorted();
}

/** Links to folders are not followed. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function describe(folder: string, path: string): string {
  const status = lstatSync(path);
  const content = status.isSymbolicLink() ? `-> ${readlinkSync(path)}` : hashOf(readFileSync(path));
  return `${path.slice(folder.length)} ${status.mode.toString(8)} ${status.uid}:${status.gid} ${content}`;
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
