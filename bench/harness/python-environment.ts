import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, repository } from './paths.ts';

/** Packages that are installed together, at exact versions. */
export interface PythonPackages {
  /** Folder of the virtual environment. */
  readonly name: string;
  /** File of the versions, from the root of the repository. */
  readonly requirements: string;
  /** What is downloaded, in words. */
  readonly size: string;
}

const peers: PythonPackages = { name: 'python', requirements: 'bench/requirements.txt', size: 'about 1.3 GB' };

/**
 * Path of a Python that has the peers at the versions of `bench/requirements.txt`.
 *
 * @throws Error when there is no Python 3.11 or newer (`DAYTRADE_BENCH_PYTHON`, default `python3`), or pip fails
 */
export function ensurePeers(progress: (message: string) => void): string {
  return ensurePackages(peers, progress);
}

/**
 * Path of a Python that has some packages. Its virtual environment is made the first time, and anew when the
 * requirements change.
 *
 * @param base the Python that it is made of
 * @throws Error when that is none of 3.11 or newer, or pip fails
 */
export function ensurePackages(
  { name, requirements, size }: PythonPackages,
  progress: (message: string) => void,
  base = process.env.DAYTRADE_BENCH_PYTHON ?? 'python3',
): string {
  const folder = join(cache, name);
  const stamp = join(folder, 'installed-requirements');
  const file = join(repository, requirements);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const wanted = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  run(base, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'], 'expected Python 3.11 or newer');
  progress(`installing the peers into ${folder} (once, ${size}) …`);
  rmSync(folder, { recursive: true, force: true });
  run(base, ['-m', 'venv', folder], 'cannot make a virtual environment');
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  run(python, ['-m', 'pip', 'install', ...quiet, '-r', file], 'pip cannot install the peers');
  writeFileSync(stamp, wanted);
  return python;
}

function run(command: string, args: readonly string[], fault: string): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  const reason = error?.message ?? `exit code ${status}`;
  throw new Error(`${fault}: ${command} (${reason}); DAYTRADE_BENCH_PYTHON names another Python`);
}
