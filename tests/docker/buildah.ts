import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages, isProgram } from '../support/debian-packages.ts';
import { repositoryRoot } from '../support/running-process.ts';
import { run } from '../support/steps.ts';

/** What this suite builds and caches. */
export const cache = join(repositoryRoot, '.cache', 'docker');

const programs = ['buildah', 'debootstrap', 'runc'];
/** Images and containers are kept apart from those of the machine, and so is what a build caches (`TMPDIR`). */
export const storage: readonly string[] = ['--root', join(cache, 'storage'), '--runroot', join(cache, 'run')];

/**
 * What this machine lacks for building an image, if anything; Debian's packages are installed where that is allowed.
 */
export function missingForBuilding(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  return programs.every(isProgram) ? undefined : installDebianPackages(programs);
}

/** Runs a command of buildah that has to succeed, and gives its output. @throws Error with what it printed */
export function buildah(...args: readonly string[]): Promise<string> {
  return output('buildah', [...storage, ...args]);
}

/** Runs a program that has to succeed, and gives its output. @throws Error with what it printed */
export async function output(command: string, args: readonly string[]): Promise<string> {
  const temporary = join(cache, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const environment = { TMPDIR: temporary };
  return (await run(command, args, { environment, timeoutSeconds: 600 })).stdout.trim();
}
