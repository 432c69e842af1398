import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { faultOfValue, portOf, routes, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { assertMayListen } from '@daytrade/service/client';
import { StateFolder } from '@daytrade/storage/state-folder';
import type { CommandContext } from '../define-command.ts';
import { programName } from '../program-name.ts';
import { assertOneMachine } from './connect.ts';
import { systemClock } from './system-clock.ts';

/**
 * Says what keeps `daytrade up` from starting, before the seconds in which the services are loaded.
 *
 * @throws DayTradeError `settings.invalid`; `state.locked` naming the process that holds the folder;
 *   `service.port-in-use` naming every port that is taken
 */
export async function assertCanStart(settings: Settings): Promise<void> {
  assertOneMachine(settings);
  assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
  const path = settings.DAYTRADE_STATE_DIR;
  if (existsSync(path)) {
    const folder = await StateFolder.open({ path, purpose: 'daytrade up', now: () => systemClock.now() });
    await folder.close();
  }
  await assertPortsFree(settings);
}

const parts = ['ml', 'data', 'scheduler', 'dashboard'] as const;

const remedy = 'end what holds it, or move all ports with one setting, as DAYTRADE_PORT=9000';

/** Checks that `daytrade up` can listen on its ports. */
export async function checkPorts(settings: Settings) {
  const faults = await portFaults(settings);
  if (faults.length === 0) return { ok: true, message: parts.map((part) => portOf(settings, part)).join(', ') };
  const found = faults.map(({ part, port, error }) => `port ${port} of ${part} cannot be used (${error.message})`);
  return { ok: false, message: `${found.join('; ')}: ${remedy}` };
}

/**
 * Refuses to start on ports in use. Any other fault is reported when the part listens.
 *
 * @throws DayTradeError `service.port-in-use` naming all of them
 */
async function assertPortsFree(settings: Settings): Promise<void> {
  const taken = (await portFaults(settings)).filter(({ error }) => error.code === 'EADDRINUSE');
  if (taken.length === 0) return;
  const numbers = taken.map(({ port }) => port);
  throw new DayTradeError(
    'service.port-in-use',
    `port ${numbers.join(', ')} on ${settings.DAYTRADE_HOST}: another program listens there; ${remedy}`,
    { details: { host: settings.DAYTRADE_HOST, ports: numbers, settings: ['DAYTRADE_PORT'] } },
  );
}

async function portFaults(settings: Settings) {
  const faults = await Promise.all(
    parts.map(async (part) => {
      const port = portOf(settings, part);
      const error = await listenFault(settings.DAYTRADE_HOST, port);
      return error && { part, port, error };
    }),
  );
  return faults.filter((fault) => fault !== undefined);
}

async function listenFault(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>();
  const server = createServer();
  server.on('error', resolve);
  server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  return await promise;
}

/** Compares all files of bars with their checksums, and the bars of each symbol with its record. */
export async function checkBars(
  context: Pick<CommandContext, 'connect' | 'settings'>,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  // Looking must not make a state folder.
  if (!existsSync(join(context.settings.DAYTRADE_STATE_DIR, 'database'))) return { ok: true, message: 'none yet' };
  try {
    const { data } = await context.connect();
    const { checked, damaged } = await data.call(routes.damagedSymbols, { query: { check: 'content' } });
    if (damaged.length === 0)
      return { ok: true, message: `the bars of ${checked} symbols are those that were written` };
    // Many symbols share a damaged file.
    const bySymbols = Map.groupBy(damaged, ({ message }) => message);
    const named = [...bySymbols].map(([message, [first, ...others]]) => {
      return `${first!.symbol}${others.length > 0 ? ` and ${others.length} more` : ''}: ${message}`;
    });
    const again = `${programName} fetch --repair, or ${programName} import FOLDER`;
    return { ok: false, message: `${named.join('; ')}; run ${again}` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

const readByOthers = 0o044;

/**
 * Checks the file with the key of J-Quants. That others can read it is a note, since a secret that a cluster
 * mounts has the mode that the cluster gives it. No message shows what is in the file.
 */
export function checkKeyFile(path: string): { readonly ok: boolean; readonly message: string } {
  try {
    const fault = faultOfValue('DAYTRADE_JQUANTS_API_KEY', readFileSync(path, 'utf8').trim());
    if (fault !== undefined) return { ok: false, message: `${path} has something else in it; ${fault}` };
    const { mode } = statSync(path);
    const isOpen = process.platform !== 'win32' && (mode & readByOthers) !== 0;
    return { ok: true, message: isOpen ? `${path}, which others can read: chmod 600 ${path}` : path };
  } catch (error) {
    return { ok: false, message: `${path} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
