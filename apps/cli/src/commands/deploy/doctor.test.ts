import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../output/terminal.ts';

let folder: string;
let taken: Server;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-doctor-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('DAYTRADE_PORT', '0');
  vi.stubEnv('DAYTRADE_DASHBOARD_PORT', String((taken.address() as AddressInfo).port));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  taken.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a program on the PATH that answers what is asked of it, by the beginning of its arguments. */
function program(name: string, answers: Readonly<Record<string, { says?: string; fails?: string }>>): void {
  const cases = Object.entries(answers).map(([args, { says = '', fails }]) =>
    fails === undefined ? `"${args}"*) echo "${says}";;` : `"${args}"*) echo "${fails}" >&2; exit 1;;`,
  );
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) exit 1;;\nesac\n`);
  chmodSync(file, 0o755);
}

async function doctor(...args: readonly string[]) {
  let stdout = '';
  const quiet = { isTTY: false, write: () => true };
  const terminal = { stdout: { isTTY: false, write: (text: string) => (stdout += text) }, stderr: quiet };
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const asked = ['doctor', '--deploy', 'kubernetes', '--environment', 'staging', '--json', '--state-dir', folder];
    await runCommandLine(['node', 'daytrade', ...asked, ...args], terminal as unknown as Terminal);
    const { checks } = JSON.parse(stdout) as {
      checks: { name: string; ok: boolean; message: string; mend?: string }[];
    };
    const failed = checks.filter(({ ok }) => !ok).map(({ name, message, mend }) => [name, `${message}; ${mend ?? ''}`]);
    return { exitCode: process.exitCode, failed: Object.fromEntries(failed) as Record<string, string> };
  } finally {
    process.exitCode = before;
  }
}

const version = { 'version --client': { says: 'Client Version: v1.37.2' } };
const contexts = { 'config get-contexts': { says: 'other' }, 'config current-context': { says: 'other' } };

it('without helm, with a wrong context and a port taken, names each with its mend, all at once', async () => {
  program('kubectl', { ...version, ...contexts });
  const { exitCode, failed } = await doctor('--context', 'prod');
  expect(exitCode).toBe(5);
  expect(Object.keys(failed)).toEqual(['ports', 'helm', 'context']);
  expect(failed.ports).toMatch(/DAYTRADE_DASHBOARD_PORT \d+ cannot be had \(listen EADDRINUSE.*end what holds it/);
  expect(failed.helm).toMatch(/helm cannot be run.*install helm 3\.14 or newer: https/);
  expect(failed.context).toMatch(/no context prod; kubeconfig has other; name one of them with --context/);
});

it('with expired credentials and a helm that is too old says that they have to be renewed', async () => {
  program('helm', { 'version --short': { says: 'v3.9.4' } });
  const expired = {
    '--context other auth can-i': { fails: 'error: You must be logged in to the server (Unauthorized)' },
  };
  program('kubectl', { ...version, ...contexts, ...expired });
  const { failed } = await doctor();
  expect(failed.helm).toContain('3.9.4 is too old; install helm 3.14 or newer');
  expect(failed.context).toMatch(/Unauthorized\); the credentials of the context are refused or have expired/);
});
