import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSuiteFolder } from '../support/suite-folder.ts';

/** No process has this pid: Linux gives none above 2^22. */
const noPid = 2 ** 22 + 1;

it('a suite removes the folders of suites that were killed, and servers of other users reach into its own', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'suite-folders-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const name = `day-trade-${hostname().slice(0, 12)}`;
  const [killed, running] = [noPid, process.ppid].map((pid) => join(parent, `${name}-${pid}-0-1`)) as [string, string];
  const another = join(parent, 'day-trade-postgres-2gelb9');
  for (const folder of [killed, running, another]) mkdirSync(folder);
  const own = await openSuiteFolder(parent);
  expect([killed, running, another, own].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
  expect((statSync(own).mode & 0o777).toString(8)).toBe('711');
});
