import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedStateMark, sharedStateName } from '../../packages/storage/src/testing/shared-state.ts';

const script = join(import.meta.dirname, '..', '..', 'packages', 'storage', 'src', 'testing', 'make-new-state.ts');

/**
 * Once for the unit tests: the state folder that many of them begin with is made beside the first ones, by one process
 * for all. It is in the temporary folder of the run.
 */
export function setup(): () => Promise<void> {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-run-'));
  process.env.TMPDIR = folder;
  writeFileSync(join(folder, sharedStateMark), '');
  const args = [script, join(folder, sharedStateName)];
  const maker = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(maker, 'close');
  return async () => {
    maker.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  };
}
