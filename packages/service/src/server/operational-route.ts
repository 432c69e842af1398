import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that a machine asks every few seconds: its requests are logged at level debug only. */
    readonly operational?: boolean;
  }
}

/** Route options of `/healthz`, `/readyz`, `/metrics`. */
export const operational = { config: { operational: true } } as const;

/** Whether a request asks a route that machines ask every few seconds. */
export function isOperational({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.operational === true;
}

const operationalPath = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

/** The same before there is a route. */
export function isOperationalPath(url: string | undefined): boolean {
  return operationalPath.test(url ?? '');
}
