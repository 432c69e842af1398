import { createServer } from 'node:net';
import { portOf, type Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

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
export async function assertPortsFree(settings: Settings): Promise<void> {
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
