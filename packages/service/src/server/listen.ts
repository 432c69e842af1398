import type { AddressInfo } from 'node:net';
import { DayTradeError } from '@daytrade/errors';
import { assertMayListen, isLoopback } from '../client/loopback.ts';
import type { Service } from '../service.ts';

export interface ListenOptions {
  /** Address to listen on; beyond loopback the service must have a token. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
}

/** Where a service can be reached. */
export interface ListenAddress {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Starts to accept connections. Beyond loopback a line of the log says that they are not encrypted.
 *
 * @throws DayTradeError `settings.invalid` beyond loopback without a token; `service.port-in-use` naming the port
 */
export async function listen(service: Service, options: ListenOptions): Promise<ListenAddress> {
  const { host, port } = options;
  assertMayListen(host, service.lifecycle.token);
  if (!isLoopback(host) && !service.lifecycle.secure) {
    service.log.warn(
      { host, port },
      'answers beyond this machine without TLS: set DAYTRADE_TLS_CERTIFICATE_FILE, or put a proxy with TLS before it',
    );
  }
  try {
    await service.listen({ host, port, listenTextResolver: () => `listening at ${urlOf(service, host)}` });
  } catch (error) {
    throw listenError(error, options, service.lifecycle.serviceName);
  }
  return { url: urlOf(service, host), host, port: portOf(service) };
}

function urlOf(service: Service, host: string): string {
  const scheme = service.lifecycle.secure ? 'https' : 'http';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${portOf(service)}`;
}

function portOf({ server }: Service): number {
  return (server.address() as AddressInfo).port;
}

function listenError(error: unknown, { host, port }: ListenOptions, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new DayTradeError(
      'service.port-in-use',
      `port ${port} on ${host} is in use, so ${name} cannot listen there; stop the other program or set ` +
        'DAYTRADE_PORT to another port (0 takes a free one)',
      { details: { host, port, setting: 'DAYTRADE_PORT' }, cause: error },
    );
  }
  if (code === 'EACCES') {
    return new DayTradeError(
      'settings.invalid',
      `port ${port}: this user may not listen there; expected DAYTRADE_PORT above 1023`,
      { details: { host, port, setting: 'DAYTRADE_PORT' }, cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new DayTradeError(
      'settings.invalid',
      `DAYTRADE_HOST=${JSON.stringify(host)}: expected an address of this machine`,
      { details: { host }, cause: error },
    );
  }
  return error;
}
