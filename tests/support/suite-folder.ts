import { chmodSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { openProcessFolder } from '../../packages/storage/src/bars/process-folder.ts';

/** Others than the owner may pass, as the servers do that a test starts as another user. */
const passable = 0o711;

/**
 * Once for a suite: temporary folders of its tests, and of all that they start, are in one folder that goes when the
 * suite ends. What a worker of the test runner leaves for its exit never runs, since the runner ends it by a signal.
 */
export async function setup(): Promise<(() => void) | undefined> {
  if (process.env.TMPDIR !== undefined) return undefined;
  const folder = await openSuiteFolder(tmpdir());
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A folder of this process; those of suites that were killed are removed. Paths of sockets in it may not be long. */
export async function openSuiteFolder(parent: string): Promise<string> {
  const folder = await openProcessFolder(parent, `day-trade-${hostname().slice(0, 12)}`);
  chmodSync(folder, passable);
  return folder;
}
