import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { faultOfValue, portOf, routes, type Settings } from '@daytrade/contracts';
import type { CommandContext } from '../define-command.ts';
import { programName } from '../program-name.ts';

const parts = ['ml', 'data', 'scheduler', 'dashboard'] as const;

/** Checks that `daytrade up` can listen on its ports. */
export async function checkPorts(settings: Settings) {
  const ports = parts.map((part) => ({ part, port: portOf(settings, part) }));
  const faults: string[] = [];
  for (const { part, port } of ports) {
    const error = await listenFault(settings.DAYTRADE_HOST, port);
    if (error !== undefined) faults.push(`port ${port} of ${part} cannot be used (${error.message})`);
  }
  if (faults.length === 0) return { ok: true, message: ports.map(({ port }) => port).join(', ') };
  const remedy = 'end what holds it, or move all ports with one setting, as DAYTRADE_PORT=9000';
  return { ok: false, message: `${faults.join('; ')}: ${remedy}` };
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
