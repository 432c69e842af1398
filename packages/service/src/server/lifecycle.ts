import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
import { assertMayListen, isLoopback } from '../client/loopback.ts';
import type { Service } from '../service.ts';
import { beforeEachAnswer } from './hooks.ts';

/** The state of a service between its start and its end. */
export interface Lifecycle {
  readonly serviceName: string;
  readonly token: string | undefined;
  readonly secure: boolean;
  /** Resolves at the end of a drain; undefined before one began. */
  draining: Promise<void> | undefined;
}

export interface ListenOptions {
  /** Listening address; beyond loopback the service needs a token. */
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
}

export interface ListenAddress {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Accepts connections, and logs a warning about an unencrypted service beyond loopback.
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
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new DayTradeError(
      'settings.invalid',
      `port ${port}: this user may not listen there; expected DAYTRADE_PORT above 1023`,
      { cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new DayTradeError(
      'settings.invalid',
      `DAYTRADE_HOST=${JSON.stringify(host)}: expected an address of this machine`,
      { cause: error },
    );
  }
  return error;
}

/** Times of the end of a service, in seconds. */
export interface DrainOptions {
  /** Time for open requests after the last connection is accepted; the rest is cut off. */
  readonly drainSeconds: number;
  /** Time in which new requests are served after readiness fails, so that load balancers turn away first; default 0. */
  readonly pauseSeconds?: number | undefined;
}

/** Closes each connection after its answer while the service drains. */
export function releaseConnections(service: Service): void {
  beforeEachAnswer(service, (_request, reply) => {
    if (service.lifecycle.draining !== undefined) reply.header('connection', 'close');
  });
}

/**
 * Ends a service without losing a request. Readiness fails, requests are served for `pauseSeconds`, then open requests
 * get `drainSeconds`.
 */
export async function drain(service: Service, options: DrainOptions): Promise<void> {
  service.lifecycle.draining ??= end(service, options);
  await service.lifecycle.draining;
}

async function end(service: Service, { drainSeconds, pauseSeconds = 0 }: DrainOptions): Promise<void> {
  service.log.info({ drainSeconds, pauseSeconds }, 'draining');
  if (pauseSeconds > 0) await pause(pauseSeconds * 1_000);
  const cutOff = setTimeout(() => service.server.closeAllConnections(), drainSeconds * 1_000);
  try {
    await service.close();
  } finally {
    clearTimeout(cutOff);
  }
  service.log.info('closed');
}
