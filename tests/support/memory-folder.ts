import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openProcessFolder } from '../../packages/storage/src/bars/process-folder.ts';

const memoryDisk = '/dev/shm';
/** What tests that run side by side have on it at most, and as much again. */
const enoughBytes = 4 * 2 ** 30;

/**
 * Once for the unit tests: their temporary folders are in memory, where there is enough of it. Tests make a hundred
 * state folders, each of a thousand small files, and remove them again: minutes of a slow disk.
 */
export async function setup(): Promise<(() => void) | undefined> {
  // Of a container with a limit, what is on that disk counts as well.
  if (process.env.TMPDIR !== undefined || process.availableMemory() < enoughBytes) return undefined;
  const folder = await openMemoryFolder(memoryDisk, enoughBytes);
  if (folder === undefined) return undefined;
  process.env.TMPDIR = folder;
  return () => remove(folder);
}

/**
 * A folder of this process on a disk; those of tests that were killed are removed from it, since what they hold is
 * memory.
 *
 * @param leastBytes that are free on it
 * @returns undefined where it has no room, does not let us write, or lets no program run
 */
export async function openMemoryFolder(disk: string, leastBytes: number): Promise<string | undefined> {
  if (freeBytes(disk) < leastBytes) return undefined;
  try {
    // Containers that share the disk see only processes of their own.
    const folder = await openProcessFolder(disk, `day-trade-tests-${hostname()}`);
    if (runsPrograms(folder)) return folder;
    remove(folder);
  } catch {}
  return undefined;
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function freeBytes(disk: string): number {
  try {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** A container may have it without the right to run what is in it, as some tests do. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
  return spawnSync(program).status === 0;
}
