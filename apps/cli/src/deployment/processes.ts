import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '@daytrade/deployment';

const patienceSeconds = 20;

/** The processes of this machine. */
export const ownProcesses: Processes = {
  host: hostname(),
  isAlive: (pid, since) => runs(pid) && !beganAfter(pid, Date.parse(since)),
  end: async (pid, name) => {
    // Another process may have the number by now.
    if (!runs(pid) || !commandOf(pid).includes(name)) return false;
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < patienceSeconds && runs(pid); waited += 0.2) await pause(200);
    if (runs(pid)) process.kill(pid, 'SIGKILL');
    return true;
  },
};

/** A process that ended and that nobody has asked after is not alive. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout?.trim()
    .startsWith('Z');
}

/** Clocks are set right by less than this. */
const clockMs = 60_000;

/** Whether a process is younger than something it is said to have done: then its number is that of one that ended. */
function beganAfter(pid: number, since: number): boolean {
  const age = spawnSync('ps', ['-o', 'etime=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  const [, days = 0, hours = 0, minutes = 0, seconds] = /(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+)/.exec(age) ?? [];
  if (seconds === undefined) return false;
  const lived = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return Date.now() - lived * 1000 > since + clockMs;
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}
