import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, run, step } from './steps.ts';

/** A Python virtual environment with exactly what a requirements file names. */
export interface PythonEnvironment {
  readonly python: string;
  /** The path of a command that a package brought, such as `aws`. */
  readonly command: (name: string) => string;
}

/**
 * Two suites may want the same at the same time: whoever comes second waits, and finds it. uv takes a tenth of pip's
 * processor time. It does not read the settings of pip, which installs where uv cannot.
 */
const install = `
  test ! -e "$3" || exit 0
  python3 -m venv --clear "$1"
  pip_install() { "$python" -m pip install --no-compile --quiet --disable-pip-version-check --no-input "$@"; }
  python="$1/bin/python"
  pip_install uv==0.9.7 && "$python" -m uv pip install --quiet --python "$python" --requirement "$2" ||
    pip_install --requirement "$2"
  touch "$3"`;

/**
 * Makes the environment once for each content of the file, and finds it the next time.
 * @param requirements path of the requirements file
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<PythonEnvironment> {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = cacheFolder(`python-${name}-${hash}`);
  const ready = join(folder, 'ready');
  const command = (file: string) => join(folder, 'bin', file);
  if (!existsSync(ready)) {
    await step(`install Python packages for ${name}`, () =>
      run('flock', [`${folder}.lock`, 'sh', '-ceu', install, 'sh', folder, requirements, ready]),
    );
  }
  return { python: command('python'), command };
}
