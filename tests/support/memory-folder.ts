import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** Where Linux has a disk in memory. */
const disk = '/dev/shm';
/** What tests that run side by side have on it at most, and as much again. */
const leastBytes = 4 * 2 ** 30;

/**
 * Once for the unit tests: their temporary folders are in memory, where there is enough of it. Tests make a hundred
 * state folders, each of a thousand small files, and remove them again: minutes of a slow disk.
 */
export function setup(): (() => void) | undefined {
  if (process.env.TMPDIR !== undefined || freeBytes() < leastBytes || freemem() < leastBytes) return undefined;
  const folder = mkdtempSync(join(disk, 'day-trade-tests-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (!runsPrograms(folder)) {
    remove();
    return undefined;
  }
  process.env.TMPDIR = folder;
  return remove;
}

function freeBytes(): number {
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
