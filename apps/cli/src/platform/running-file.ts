import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { isLoopback } from '@daytrade/service/client';
import { assertNotExposed } from '@daytrade/storage/exposure';
import { z } from 'zod';
import { programName } from '../program-name.ts';

/** Where `daytrade up` on a state folder can be reached. */
const runningPlatformSchema = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  dashboard: z.url(),
  data: z.url(),
  ml: z.url(),
  scheduler: z.url(),
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

/**
 * The platform that runs on a state folder; undefined when there is none, or its process is dead. The addresses in the
 * file are sent the token, so nobody else may have written it, and they are on this machine.
 *
 * @param host the setting DAYTRADE_HOST, on which `up` listens
 * @throws DayTradeError `state.exposed` when others may write to the folder or the file; `settings.invalid` for an
 * address that is neither loopback nor the host
 */
export function readRunningFile(stateFolder: string, host: string): RunningPlatform | undefined {
  const running = parsed(join(stateFolder, fileName));
  if (running === undefined) return undefined;
  assertNotExposed(stateFolder, stateFolder);
  assertNotExposed(join(stateFolder, fileName), stateFolder);
  if (!isAlive(running.pid)) return undefined;
  for (const part of parts) assertHere(running[part], host, stateFolder);
  return running;
}

const parts = ['dashboard', 'data', 'ml', 'scheduler'] as const;

function parsed(file: string): RunningPlatform | undefined {
  try {
    return runningPlatformSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function assertHere(url: string, host: string, stateFolder: string): void {
  const { hostname } = new URL(url);
  if (isLoopback(hostname) || hostname === new URL(`http://${host.includes(':') ? `[${host}]` : host}`).hostname)
    return;
  throw new DayTradeError(
    'settings.invalid',
    `DAYTRADE_HOST=${JSON.stringify(host)}: expected ${JSON.stringify(hostname)}, where the \`${programName} up\` of ` +
      `${join(stateFolder, fileName)} listens; if none should listen there, remove that file`,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user is alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
