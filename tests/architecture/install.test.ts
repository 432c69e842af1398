import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const clone = mkdtempSync(join(tmpdir(), 'install-'));
const programs = join(clone, 'programs');
beforeAll(() => {
  mkdirSync(programs);
  for (const file of ['package-lock.json', 'scripts/install.mjs']) cpSync(join(repository, file), join(clone, file));
});
afterAll(() => rmSync(clone, { recursive: true }));

/** Installs in a clone where nothing is installed, by a script in place of npm. */
function installBy(npm: string) {
  rmSync(join(clone, 'node_modules'), { recursive: true, force: true });
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(programs, 'npm'), 0o755);
  return spawnSync(process.execPath, ['scripts/install.mjs', 'developer'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) },
  });
}

it('what a command installs first is not in its output, which may be read as JSON', () => {
  const { status, stdout, stderr } = installBy('mkdir -p node_modules; echo added 320 packages');
  expect(stderr).toContain('added 320 packages');
  expect(stderr).toMatch(/packages installed in/);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

describe('where the cache of npm is older than the lock', () => {
  const offline = 'case "$*" in *--prefer-offline*)';
  const log =
    'for each; do case "$each" in --logs-dir=*) logs=$(echo "$each" | cut -d= -f2);; esac; done; mkdir -p "$logs"';

  it('asks the registry for the version', () => {
    const unknown = `${offline} ${log}; echo 'npm error code ETARGET' >"$logs/1.log"; exit 1;; esac`;
    const { status, stderr } = installBy(`${unknown}; mkdir -p node_modules; echo added 320 packages`);
    expect(stderr).toContain('does not know that version yet; asking the registry');
    expect({ status, added: stderr.includes('added 320 packages') }).toEqual({ status: 0, added: true });
  });

  it('does not ask twice for what failed for another reason', () => {
    const { status, stderr } = installBy(`${log}; echo 'npm error code ENOSPC' >"$logs/1.log"; echo ran; exit 1`);
    expect({ status, runs: stderr.match(/^ran$/gm)?.length }).toEqual({ status: 5, runs: 1 });
  });
});

it('an older Node.js is refused before anything is installed', () => {
  cpSync(join(repository, 'scripts/run.mjs'), join(clone, 'scripts/run.mjs'));
  writeFileSync(join(clone, 'older.cjs'), `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`);
  const { status, stderr } = spawnSync(process.execPath, ['-r', './older.cjs', 'scripts/run.mjs', 'start'], {
    cwd: clone,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 5, stderr: 'day-trade needs Node.js 20 or newer; this is 18.20.8\n' });
});
