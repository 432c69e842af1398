import { setTimeout as pause } from 'node:timers/promises';
import { beforeEachAnswer } from './plain-hooks.ts';
import type { Service } from './service.ts';

/** How a service ends. Times in seconds. */
export interface DrainOptions {
  /** How long open requests may take once no new connection is accepted; what is left is cut off. */
  readonly drainSeconds: number;
  /** How long new requests are still served after readiness fails, so that a load balancer can turn away first; default 0. */
  readonly pauseSeconds?: number | undefined;
}

/** Where a service stands between its start and its end. */
export class Lifecycle {
  readonly serviceName: string;
  readonly token: string | undefined;
  /** Whether its connections are encrypted. */
  readonly secure: boolean;
  #draining: Promise<void> | undefined;

  constructor(serviceName: string, token: string | undefined, secure: boolean) {
    this.serviceName = serviceName;
    this.token = token;
    this.secure = secure;
  }

  get draining(): boolean {
    return this.#draining !== undefined;
  }

  /** Begins the end, once: a second call waits for the first. */
  beginDrain(end: () => Promise<void>): Promise<void> {
    this.#draining ??= end();
    return this.#draining;
  }
}

/** Lets connections go with the answers that they get while the service drains, else they would hold it open. */
export function releaseConnections(service: Service): void {
  beforeEachAnswer(service, (_request, reply) => {
    if (service.lifecycle.draining) reply.header('connection', 'close');
  });
}

/**
 * Ends a service without losing a request: readiness fails, requests are served on for `pauseSeconds`, then no connection is accepted,
 * and open requests get `drainSeconds` to finish.
 */
export async function drain(service: Service, options: DrainOptions): Promise<void> {
  await service.lifecycle.beginDrain(async () => {
    service.log.info({ ...options }, 'draining');
    if ((options.pauseSeconds ?? 0) > 0) await pause((options.pauseSeconds ?? 0) * 1_000);
    const cutOff = setTimeout(() => service.server.closeAllConnections(), options.drainSeconds * 1_000);
    try {
      await service.close();
    } finally {
      clearTimeout(cutOff);
    }
    service.log.info('closed');
  });
}
