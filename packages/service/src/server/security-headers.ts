import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { beforeEachAnswer } from './plain-hooks.ts';

/**
 * What an answer says where its route says nothing else: an API's answer is not a page, not a script and not for a
 * cache.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Sets what the route did not set itself. */
export function setSecurityHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!reply.hasHeader(name)) reply.header(name, value);
  }
}

export function addSecurityHeaders(service: Service): void {
  beforeEachAnswer(service, (_request, reply) => setSecurityHeaders(reply));
}
