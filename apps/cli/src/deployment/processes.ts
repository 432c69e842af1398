import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '@daytrade/deployment';

const patienceSeconds = 20;

/** The processes of this machine. */
export const ownProcesses: Processes = {
  host: hostname(),
  isAlive,
  end: async (pid, name) => {
    // Another process may have the number by now.
    if (!isAlive(pid) || !commandOf(pid).includes(name)) return false;
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < patienceSeconds && isAlive(pid); waited += 0.2) await pause(200);
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    return true;
  },
};

/** A process that ended and that nobody has asked after is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout?.trim()
    .startsWith('Z');
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}
