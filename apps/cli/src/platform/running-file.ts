import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where `daytrade up` on a state folder can be reached. */
export const runningPlatformSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  dashboard: z.string(),
  data: z.string(),
  ml: z.string(),
  scheduler: z.string(),
});
export type RunningPlatform = z.infer<typeof runningPlatformSchema>;

const fileName = 'running.json';

/** Written by `up` once it listens. */
export function writeRunningFile(stateFolder: string, running: RunningPlatform): void {
  writeFileSync(join(stateFolder, fileName), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

export function removeRunningFile(stateFolder: string): void {
  rmSync(join(stateFolder, fileName), { force: true });
}

/** The platform that runs on a state folder; undefined when there is none, or its process is dead. */
export function readRunningFile(stateFolder: string): RunningPlatform | undefined {
  try {
    const running = runningPlatformSchema.parse(JSON.parse(readFileSync(join(stateFolder, fileName), 'utf8')));
    process.kill(running.pid, 0);
    return running;
  } catch {
    return undefined;
  }
}
