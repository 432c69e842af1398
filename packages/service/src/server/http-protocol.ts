import { DayTradeError } from '@daytrade/errors';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { beforeEachAnswer, beforeEachRequest, pathOf } from './hooks.ts';

/**
 * Default headers: an API's answer is neither page nor script and is not cached. @fastify/helmet sets no headers on
 * errors before a route.
 */
const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Sets the headers that the route did not set. */
export function setSecurityHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
}

export function addSecurityHeaders(service: Service): void {
  beforeEachAnswer(service, (_request, reply) => setSecurityHeaders(reply));
}

/** Refuses a request without a route before its body is read. */
export function refuseUnknownRoutes(service: Service): void {
  service.setNotFoundHandler(async () => undefined);
  beforeEachRequest(service, (request) => {
    if (!request.is404) return;
    const path = pathOf(request);
    throw new DayTradeError('http.not-found', `there is no route ${request.method} ${path}${atRoot(path)}`);
  });
}

/** A browser at the root of a service looks for the page. */
function atRoot(path: string): string {
  return path === '/'
    ? '; this is an API, described at /openapi.json; the page has a port of its own, 8080 by default'
    : '';
}
