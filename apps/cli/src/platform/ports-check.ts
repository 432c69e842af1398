import { createServer } from 'node:net';
import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

const ports = ['DAYTRADE_ML_PORT', 'DAYTRADE_DATA_PORT', 'DAYTRADE_SCHEDULER_PORT', 'DAYTRADE_DASHBOARD_PORT'] as const;

const remedy = 'end what holds it, or move all ports with one setting, as DAYTRADE_PORT=9000';

/** Checks that `daytrade up` could listen on its ports. */
export async function checkPorts(settings: Settings) {
  const faults = await portFaults(settings);
  if (faults.length === 0) return { ok: true, message: ports.map((name) => settings[name]).join(', ') };
  const found = faults.map(({ name, port, error }) => `${name} ${port} cannot be had (${error.message})`);
  return { ok: false, message: `${found.join('; ')}: ${remedy}` };
}

/**
 * Refuses to start on ports that others listen on. Any other fault is left to whoever listens.
 *
 * @throws DayTradeError `service.port-in-use` naming all of them
 */
export async function assertPortsFree(settings: Settings): Promise<void> {
  const taken = (await portFaults(settings)).filter(({ error }) => error.code === 'EADDRINUSE');
  if (taken.length === 0) return;
  const numbers = taken.map(({ port }) => port);
  throw new DayTradeError(
    'service.port-in-use',
    `port ${numbers.join(', ')} on ${settings.DAYTRADE_HOST}: another program listens there; ${remedy}`,
    { details: { host: settings.DAYTRADE_HOST, ports: numbers, settings: taken.map(({ name }) => name) } },
  );
}

async function portFaults(settings: Settings) {
  const faults = await Promise.all(
    ports.map(async (name) => {
      const error = await listenFault(settings.DAYTRADE_HOST, settings[name]);
      return error && { name, port: settings[name], error };
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
