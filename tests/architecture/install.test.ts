import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const clone = mkdtempSync(join(tmpdir(), 'install-'));
afterAll(() => rmSync(clone, { recursive: true }));

it('what a command installs first is not in its output, which may be read as JSON', () => {
  for (const file of ['package-lock.json', 'scripts/install.mjs']) cpSync(join(repository, file), join(clone, file));
  const programs = join(clone, 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'npm'), '#!/bin/sh\nmkdir -p node_modules\necho added 320 packages\n');
  chmodSync(join(programs, 'npm'), 0o755);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/install.mjs', 'developer'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) },
  });
  expect(stderr).toContain('added 320 packages');
  expect(stderr).toMatch(/packages installed in/);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
