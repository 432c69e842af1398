import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Programs } from '../programs.ts';
import { cloudPreflight } from './cloud-checks.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-cloud-'));
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A program that says its version, and refuses everything else with these words. */
function refusing(name: string, version: string, words: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\ncase "$*" in *version*) echo "${version}";; *) echo "${words}" >&2; exit 1;; esac\n`);
  chmodSync(file, 0o755);
}

async function missing(cloud: 'aws' | 'azure', variables: Readonly<Record<string, string>>) {
  const programs = new Programs({ onCommand: () => undefined, onOutput: () => undefined });
  const checks = await cloudPreflight({ root, programs, variables }, { environment: 'staging', cloud });
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ name, message, mend }) => [name, { message, mend }]));
}

it('an expired secret of Azure is named with what makes a new one, beside everything else that is missing', async () => {
  refusing('az', '2.91.0', 'ERROR: AADSTS7000222: The provided client secret keys for app are expired.');
  const found = await missing('azure', {});
  expect(Object.keys(found)).toEqual(['terraform', 'kubelogin', 'kubectl', 'helm', 'credentials', 'state']);
  expect(found.credentials?.message).toContain('AADSTS7000222');
  expect(found.credentials?.mend).toContain('az ad app credential reset');
  expect(found.state?.message).toBe('AZURE_STATE_ACCOUNT is not set');
});

it.each([
  ['An error occurred (ExpiredToken) when calling the GetCallerIdentity operation', 'aws sso login'],
  ['Unable to locate credentials', 'aws configure sso'],
])('credentials of AWS that do not hold are named with their mend: %s', async (words, mend) => {
  refusing('aws', 'aws-cli/2.30.0', words);
  const found = await missing('aws', { AWS_STATE_BUCKET: 'state' });
  expect(found.credentials).toMatchObject({ message: words });
  expect(found.credentials?.mend).toContain(mend);
  expect(found.state).toBeUndefined();
});
