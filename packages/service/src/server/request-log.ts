import type { FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { isOperational } from './operational-route.ts';
import { isOwnRequest } from './own-request.ts';
import { afterEachAnswer, beforeEachRequest } from './plain-hooks.ts';
import { pathOf } from './request-path.ts';

/**
 * One line per request, after its answer; answers the request id in a header. What a query says stays out of the log:
 * people put there what belongs elsewhere, for example a token.
 */
export function logRequests(service: Service): void {
  beforeEachRequest(service, (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  afterEachAnswer(service, (request, reply) => {
    const path = pathOf(request);
    const level = isRoutine(request) ? 'debug' : 'info';
    const line = {
      method: request.method,
      path,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ...(request.caller === null ? {} : { caller: request.caller }),
      milliseconds: Math.round(reply.elapsedTime * 100) / 100,
    };
    request.log[level](line, `${request.method} ${path} ${reply.statusCode}`);
  });
}

/** Probes and scrapes, and what this process asks itself: whoever asked from outside has a line already. */
function isRoutine(request: FastifyRequest): boolean {
  return isOperational(request) || isOwnRequest(request);
}
