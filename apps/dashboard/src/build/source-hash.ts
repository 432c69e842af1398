import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * A hash of everything that the built page is made from: each file of the page and of our packages in it (tests
 * excepted), how it is built, and the versions of the libraries in it. The same hash means the same page.
 */
export async function sourceHash(packageFolder: string): Promise<string> {
  const packages = join(packageFolder, '..', '..', 'packages');
  const files = [
    ...(await sourcesBelow(join(packageFolder, 'src', 'page'))),
    ...(await sourcesBelow(join(packages, 'errors', 'src'))),
    join(packages, 'market', 'src', 'calendar-bounds.ts'),
    ...['addresses.ts', 'calendar-bounds.ts', 'objective.ts'].map((name) => join(packages, 'contracts', 'src', name)),
    ...['build-page.ts', 'vite-options.ts'].map((name) => join(packageFolder, 'src', 'build', name)),
    join(packageFolder, 'package.json'),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash.update(`${relative(packageFolder, file)}\0`);
    hash.update(await readFile(file));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function sourcesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|^tsconfig/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
