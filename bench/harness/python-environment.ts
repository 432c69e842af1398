import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, repository } from './paths.ts';

/** Python packages at exact versions. */
export interface PythonPackages {
  /** Folder of the virtual environment. */
  readonly name: string;
  /** Requirements file, from the root of the repository. */
  readonly requirements: string;
  /** Size of the download, in words. */
  readonly size: string;
}

const peers: PythonPackages = { name: 'python', requirements: 'bench/requirements.txt', size: 'about 1.3 GB' };

/**
 * Returns the path of a Python with some packages, by default the peers. Its virtual environment is made once, and
 * again when the requirements change.
 *
 * @throws Error without Python 3.11 or newer (`DAYTRADE_BENCH_PYTHON`, default `python3`), or if pip fails
 */
export function ensurePackages(
  progress: (message: string) => void,
  { name, requirements, size }: PythonPackages = peers,
): string {
  const base = process.env.DAYTRADE_BENCH_PYTHON ?? 'python3';
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
