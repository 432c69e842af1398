import { DayTradeError } from '@daytrade/errors';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { beforeEachAnswer, beforeEachRequest } from './hooks.ts';

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
