import { DayTradeError } from '@daytrade/errors';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { beforeEachAnswer, beforeEachRequest, pathOf } from './hooks.ts';

/**
 * Refuses unsupported HTTP versions, HTTP/1.1 without Host, and expectations other than 100-continue. Node.js would
 * answer the last two without a problem document.
 *
 * @throws DayTradeError `input.invalid`, `http.expectation-failed`
 */
export function addProtocolChecks(service: Service): void {
  service.server.on('checkExpectation', (request, response) => service.server.emit('request', request, response));
  beforeEachRequest(service, ({ raw: { httpVersion }, headers: { host, expect } }) => {
    if (httpVersion !== '1.1' && httpVersion !== '1.0') {
      throw new DayTradeError('input.invalid', `HTTP/${httpVersion}: expected HTTP/1.1 or HTTP/1.0`);
    }
    if (host === undefined && httpVersion === '1.1') {
      throw new DayTradeError('input.invalid', 'Host: expected the name of this server, but it is missing');
    }
    if (expect === undefined || expect.toLowerCase() === '100-continue') return;
    throw new DayTradeError('http.expectation-failed', `Expect: expected 100-continue, got ${JSON.stringify(expect)}`);
  });
}

/**
 * Default headers: an API's answer is neither page nor script and is not cached. @fastify/helmet sets no headers on
 * errors before a route.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
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

/** The methods of each path, for answers 404 and 405. */
class RouteTable {
  readonly #routes: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];

  add(url: string, methods: readonly string[]): void {
    this.#routes.push({ pattern: patternOf(url), methods: new Set(methods) });
  }

  methodsOf(path: string): string[] {
    const found = this.#routes.filter((route) => route.pattern.test(path)).flatMap((route) => [...route.methods]);
    return [...new Set(found)].sort();
  }
}

/** Converts a route template (`…/bars/:symbol`, `/assets/*`) into a pattern of its paths. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((segment) => {
      if (segment.startsWith(':')) return '[^/]+';
      return segment === '*' ? '.*' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}

/** Refuses a request without a route before its body is read: 404, or 405 with Allow if the path has other methods. */
export function addRouteTable(service: Service): void {
  const table = new RouteTable();
  service.addHook('onRoute', (route) => table.add(route.url, [route.method].flat()));
  service.setNotFoundHandler(async () => undefined);
  beforeEachRequest(service, (request, reply) => {
    if (!request.is404) return;
    const path = pathOf(request);
    const allowed = table.methodsOf(path);
    if (allowed.length === 0) {
      throw new DayTradeError('http.not-found', `there is no route ${request.method} ${path}${atRoot(path)}`, {
        details: { method: request.method, path },
      });
    }
    reply.header('allow', allowed.join(', '));
    throw new DayTradeError(
      'http.method-not-allowed',
      `${path} does not take ${request.method}; it takes ${allowed.join(', ')}`,
      { details: { method: request.method, path, allowed } },
    );
  });
}

/** A browser at the root of a service looks for the page. */
function atRoot(path: string): string {
  return path === '/'
    ? '; this is an API, described at /openapi.json; the page has a port of its own, 8080 by default'
    : '';
}
