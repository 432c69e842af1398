import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import type { LockedPackage } from './locked-packages.ts';

/**
 * Not needed to run: types for the compiler, maps for debuggers, prose, builds for another C library. Licences stay.
 */
const unneeded =
  /\.(?:d\.[cm]?ts|map|markdown|flow|tsbuildinfo)$|\.musl\.node$|^(?:README|CHANGELOG|HISTORY)(?:\.md)?$/i;
/** Tests, what only they use or compare, and the libraries' counterparts of both. */
const onlyForTests = /\.(?:test|suite|fixture)\.tsx?$|\.golden\.json$|\.sql$/;
const skippedFolders = new Set(['dist', 'oracles', 'testing', 'sql', 'node_modules']);

/** Copies packages from the registry as they are installed, without what only development needs. */
export function copyPackages(root: string, target: string, packages: readonly LockedPackage[]): void {
  for (const { path } of packages) {
    const from = join(root, path);
    cpSync(from, join(target, path), {
      recursive: true,
      dereference: true,
      // A package that lies inside of another one is copied by its own entry, if the lock says that it is needed.
      filter: (file) => file === from || (basename(file) !== 'node_modules' && !unneeded.test(basename(file))),
    });
  }
}

/** Copies the sources of this repository's packages, which Node.js runs as they are, and links them by their names. */
export function copySources(root: string, target: string, packages: readonly LockedPackage[]): void {
  for (const { path, name } of packages) {
    for (const part of ['package.json', 'src']) {
      cpSync(join(root, path, part), join(target, path, part), {
        recursive: true,
        filter: (file) => !onlyForTests.test(file) && !skippedFolders.has(basename(file)),
      });
    }
    const link = posix.join('node_modules', name);
    mkdirSync(join(target, dirname(link)), { recursive: true });
    symlinkSync(posix.relative(posix.dirname(link), path), join(target, link));
  }
  cpSync(join(root, 'package.json'), join(target, 'package.json'));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}
