import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installDebianPackages } from './debian-packages.ts';

/**
 * Folder of PostgreSQL's programs: on the PATH, or where Debian keeps them; installed from Debian where that is
 * allowed.
 */
export function postgresPrograms(): string {
  return findPrograms() ?? installPrograms();
}

function findPrograms(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter);
  const ofDebian = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => versionOf(b) - versionOf(a));
  return [...ofDebian, ...onPath].find((folder) => folder !== '' && existsSync(join(folder, 'initdb')));
}

function versionOf(folder: string): number {
  return Number(folder.split('/').at(-2));
}

function installPrograms(): string {
  const refused = installDebianPackages(['postgresql']);
  if (refused !== undefined) throw new Error(`the suite on PostgreSQL ${refused}`);
  const programs = findPrograms();
  if (programs === undefined) throw new Error('apt-get installed postgresql, but its programs are not found');
  return programs;
}

/** User and group under which the server runs: it refuses to run as root, and for others they cannot be changed. */
export function postgresAccount(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
