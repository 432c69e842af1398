import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { z } from 'zod';

/** Where `daytrade up` on a state folder can be reached. */
const runningPlatformSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  dashboard: z.string(),
  data: z.string(),
  ml: z.string(),
  scheduler: z.string(),
});
export type RunningPlatform = z.infer<typeof runningPlatformSchema>;

const fileName = 'running.json';

/**
 * Written by `up` once it listens.
 *
 * @throws DayTradeError `state.unwritable`
 */
export function writeRunningFile(stateFolder: string, running: RunningPlatform): void {
  const file = join(stateFolder, fileName);
  try {
    writeFileSync(file, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new DayTradeError('state.unwritable', `${file}: ${(error as Error).message}`, { cause: error });
  }
}

export function removeRunningFile(stateFolder: string): void {
  rmSync(join(stateFolder, fileName), { force: true });
}

/** The platform that runs on a state folder; undefined when there is none, or its process is dead. */
export function readRunningFile(stateFolder: string): RunningPlatform | undefined {
  try {
    const running = runningPlatformSchema.parse(JSON.parse(readFileSync(join(stateFolder, fileName), 'utf8')));
    return isAlive(running.pid) ? running : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives when it belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
