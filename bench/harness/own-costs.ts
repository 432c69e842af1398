import { existsSync, readFileSync } from 'node:fs';

/**
 * Runs a computation and gives its CPU time in seconds with its result: all threads of this process, as the peers count
 * theirs.
 */
export function cpuTimed<T>(compute: () => T): { readonly result: T; readonly cpuSeconds: number } {
  const before = process.cpuUsage();
  const result = compute();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuSeconds: (user + system) / 1e6 };
}

/**
 * Peak memory of this process so far, in megabytes of 10^6 bytes. On Linux VmHWM has it for this program alone; what
 * `getrusage` says there also holds the peak of the process that started it.
 */
export function peakMegabytes(): number {
  const status = '/proc/self/status';
  if (existsSync(status)) {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1];
    if (kibibytes !== undefined) return (Number(kibibytes) * 1024) / 1e6;
  }
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
