import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Has a child of this process ended with it, however that ends. */
export function endsWithThis(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child)).once('error', () => running.delete(child));
}

/**
 * Ends by SIGTERM what still runs: for a process that ends at once, by a signal, and so runs nothing at its exit. A
 * `daytrade` among them that was told to end before ends at once as well, with its own.
 */
export function endEveryChild(): void {
  for (const child of running) child.kill('SIGTERM');
}
