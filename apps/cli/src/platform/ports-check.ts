import { createServer } from 'node:net';
import type { Settings } from '@daytrade/contracts';

const ports = ['DAYTRADE_ML_PORT', 'DAYTRADE_DATA_PORT', 'DAYTRADE_SCHEDULER_PORT', 'DAYTRADE_DASHBOARD_PORT'] as const;

/** Whether `daytrade up` could listen where the settings say. */
export async function checkPorts(settings: Settings) {
  const taken = await Promise.all(ports.map((name) => takenBy(settings.DAYTRADE_HOST, settings[name], name)));
  const found = taken.flat();
  if (found.length === 0) return { ok: true, message: ports.map((name) => settings[name]).join(', ') };
  return { ok: false, message: `${found.join('; ')}: end what holds it, or set another one` };
}

async function takenBy(host: string, port: number, name: string): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const server = createServer();
  server.on('error', ({ message }) => resolve([`${name} ${port} cannot be had (${message})`]));
  server.listen({ host, port }, () => server.close(() => resolve([])));
  return await promise;
}
