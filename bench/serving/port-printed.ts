import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The port that a server prints as JSON once it listens. @throws Error when it does not within a minute */
export async function portPrinted(process: ChildProcess): Promise<number> {
  const lines = createInterface({ input: process.stdout! });
  const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(60_000) })) as [string];
  return (JSON.parse(line) as { readonly port: number }).port;
}
