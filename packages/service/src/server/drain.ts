import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '../service.ts';
import { beforeEachAnswer } from './plain-hooks.ts';

/** How a service ends. Times in seconds. */
export interface DrainOptions {
  /** How long open requests may take once no new connection is accepted; what is left is cut off. */
  readonly drainSeconds: number;
  /**
   * How long new requests are still served after readiness fails, so that a load balancer can turn away first; default
   * 0.
   */
  readonly pauseSeconds?: number | undefined;
}

/** Lets connections go with the answers that they get while the service drains, else they would hold it open. */
export function releaseConnections(service: Service): void {
  beforeEachAnswer(service, (_request, reply) => {
    if (service.lifecycle.draining) reply.header('connection', 'close');
  });
}

/**
 * Ends a service without losing a request: readiness fails, requests are served on for `pauseSeconds`, then no
 * connection is accepted, and open requests get `drainSeconds` to finish.
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
