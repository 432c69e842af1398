import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const user = { name: 'day-trade', id: 10_001 } as const;

/** A Debian package of which the image holds files. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * Makes the file system around the application: Node.js, the shared libraries that it and the native packages load, and
 * the few files that name the user and the name service. There is no shell and no package manager in it.
 *
 * @param nativeFiles absolute paths of the native libraries of npm packages
 */
export function copyRuntime(target: string, nativeFiles: readonly string[]): readonly DebianPackage[] {
  const node = realpathSync(process.execPath);
  place(node, join(target, 'usr/local/bin/node'), 0o755);
  const libraries = new Set([node, ...nativeFiles].flatMap(sharedLibraries));
  for (const library of libraries) place(realpathSync(library), join(target, library), 0o755);
  writeNames(target);
  makeFolder(join(target, 'tmp'), 0o1777, 0);
  makeFolder(join(target, 'var/lib/day-trade'), 0o700, user.id);
  return recordPackages(target, [...libraries]);
}

/** Every native library of the packages below a folder. */
export function nativeFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:node|so)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Lists the shared libraries of the system that a binary needs, with the dynamic loader. */
function sharedLibraries(file: string): readonly string[] {
  const text = execFileSync('ldd', [file], { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  if (/=> not found/.test(text)) throw new Error(`${file} misses libraries:\n${text}`);
  const paths = [...text.matchAll(/^\s+(?:\S+ => )?(\/\S+)/gm)].map((match) => match[1] ?? '');
  return paths.filter((path) => !path.includes('node_modules'));
}

function writeNames(target: string): void {
  mkdirSync(join(target, 'etc'), { recursive: true });
  const { name, id } = user;
  const lines = {
    passwd: ['root:x:0:0:root:/root:/sbin/nologin', `${name}:x:${id}:${id}::/var/lib/day-trade:/sbin/nologin`],
    group: ['root:x:0:', `${name}:x:${id}:`],
    'nsswitch.conf': ['hosts: files dns'],
  };
  for (const [file, content] of Object.entries(lines)) {
    writeFileSync(join(target, 'etc', file), `${content.join('\n')}\n`, { mode: 0o644 });
  }
  if (existsSync('/etc/os-release')) place(realpathSync('/etc/os-release'), join(target, 'etc/os-release'), 0o644);
}

/** Leaves the entries of dpkg where scanners look for them, so that they see the versions of the libraries. */
function recordPackages(target: string, libraries: readonly string[]): readonly DebianPackage[] {
  const names = new Set(libraries.map(owningPackage).filter((name) => name !== null));
  const folder = join(target, 'var/lib/dpkg/status.d');
  mkdirSync(folder, { recursive: true });
  return [...names].sort().map((name) => {
    const status = execFileSync('dpkg-query', ['--status', name], { encoding: 'utf8' });
    writeFileSync(join(folder, name), status, { mode: 0o644 });
    return { name, version: /^Version: (.*)$/m.exec(status)?.[1] ?? '' };
  });
}

function owningPackage(file: string): string | null {
  for (const path of [file, realpathSync(file), file.replace(/^\/usr/, ''), realpathSync(file).replace(/^\/usr/, '')]) {
    try {
      const text = execFileSync('dpkg-query', ['--search', path], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return text.split(':')[0] ?? null;
    } catch {
      // Not known by this spelling: /lib and /usr/lib are the same folder on a merged system.
    }
  }
  return null;
}

function place(from: string, to: string, mode: number): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
  chmodSync(to, mode);
}

function makeFolder(path: string, mode: number, owner: number): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
  chownSync(path, owner, owner);
}
