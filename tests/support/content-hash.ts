import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Neither part of an image nor anything that one is made from. */
const ignored =
  /(?:^|\/)(?:node_modules|dist|oracles)(?:\/|$)|\.(?:test|suite|fixture)\.tsx?$|\.golden\.json$|\.tsbuildinfo$/;

/** A hash of the names, modes and contents of files and of all files below folders, and of texts. */
export function contentHash(root: string, paths: readonly string[], texts: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const path of paths.flatMap((entry) => filesBelow(join(root, entry))).sort()) {
    const name = relative(root, path);
    if (ignored.test(name)) continue;
    hash.update(`${name}\0${statSync(path).mode & 0o777}\0`);
    hash.update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? /^(?:node_modules|dist|oracles)$/.test(entry.name)
        ? []
        : filesBelow(join(path, entry.name))
      : [join(path, entry.name)],
  );
}
