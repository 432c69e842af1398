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
  return peakMegabytesOf('self') ?? (process.resourceUsage().maxRSS * 1024) / 1e6;
}

/** The same of another process; undefined where it is over, or the system does not tell. */
export function peakMegabytesOf(process: number | 'self'): number | undefined {
  const status = `/proc/${process}/status`;
  if (!existsSync(status)) return undefined;
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}
