import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../platform/command-line.ts';

/** What this suite builds and caches. */
export const cache = join(repositoryRoot, '.cache', 'docker');

const programs = ['buildah', 'debootstrap', 'runc'];
/** Images and containers are kept apart from those of the machine, and so is what a build caches (`TMPDIR`). */
const storage = ['--root', join(cache, 'storage'), '--runroot', join(cache, 'run')];
export const buildahWords: readonly string[] = ['buildah', ...storage];

/** What this machine lacks for building an image, if anything; Debian's packages are installed where that is allowed. */
export function missingForBuilding(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  if (programs.every(isThere)) return undefined;
  const install = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${programs.join(' ')}`;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('sh', ['-c', install], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const missing = programs.filter((program) => !isThere(program));
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}`;
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

/** Runs a command of buildah, in the repository's folder, and gives its output. @throws Error with what it printed */
export function buildah(...args: readonly string[]): string {
  return succeed('buildah', [...storage, ...args]);
}

/** Runs a program that has to succeed, in the repository's folder, and gives its output. @throws Error with what it printed */
export function succeed(command: string, args: readonly string[]): string {
  const temporary = join(cache, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const { status, error, stdout, stderr } = spawnSync(command, [...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, TMPDIR: temporary },
  });
  if (error) throw error;
  if (status === 0) return stdout.trim();
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
}
