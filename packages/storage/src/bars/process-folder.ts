import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { unwritable } from '../state-folder/unwritable.ts';

let opened = 0;

/**
 * Makes an empty folder of this process, `NAME-PID-…`, below a folder that processes of this machine share. Folders of
 * dead processes are removed.
 *
 * @throws DayTradeError `state.unwritable`
 */
export async function openProcessFolder(parent: string, name: string): Promise<string> {
  opened += 1;
  const own = join(parent, `${name}-${process.pid}-${threadId}-${opened}`);
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    for (const found of await readdir(parent)) {
      const pid = Number(new RegExp(`^${name}-(\\d+)-`).exec(found)?.[1] ?? process.pid);
      if (!isAlive(pid)) await rm(join(parent, found), { recursive: true, force: true });
    }
    // In a container every process has the same pid, and so finds the folder of the one before it.
    await rm(own, { recursive: true, force: true });
    await mkdir(own, { mode: 0o700 });
    return own;
  } catch (error) {
    throw unwritable(own, error);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
