import { createHash, timingSafeEqual } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import type { FastifyRequest } from 'fastify';
import { hostName, isLoopback } from './loopback.ts';
import type { Service, ServiceOptions } from './service.ts';

const probes = new Set(['/healthz', '/readyz']);

/**
 * Lets a request in. With a token: only with `Authorization: Bearer <token>`. Without one, the service listens on loopback and what
 * could reach it from outside is a web page in this machine's browser: a page's own name that resolves to 127.0.0.1 (DNS rebinding)
 * is seen in Host, a foreign page in Origin.
 *
 * @throws DayTradeError `http.unauthorised`, `http.forbidden`
 */
export function addAuthentication(service: Service, options: Pick<ServiceOptions, 'token' | 'isPublicPath'>): void {
  const { token, isPublicPath = () => false } = options;
  const expected = token === undefined ? undefined : digest(token);
  service.addHook('onRequest', async (request, reply) => {
    if (expected === undefined) {
      requireLocalCaller(request);
      return;
    }
    const path = request.url.split('?', 1)[0] as string;
    if (probes.has(path) || isPublicPath(path) || carriesToken(request.headers.authorization, expected)) return;
    reply.header('www-authenticate', 'Bearer');
    throw new DayTradeError(
      'http.unauthorised',
      request.headers.authorization === undefined
        ? 'the request has no header "Authorization: Bearer <token>"'
        : 'the token in the header "Authorization" is not the one that the service was started with',
    );
  });
}

/** Digests have one length, so that the comparison tells nothing, not even the length of the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function carriesToken(header: string | undefined, expected: Buffer): boolean {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return token !== undefined && timingSafeEqual(digest(token), expected);
}

function requireLocalCaller(request: FastifyRequest): void {
  const { host, origin } = request.headers;
  if (host !== undefined && !isLoopback(hostName(host))) {
    throw new DayTradeError(
      'http.forbidden',
      `Host: expected localhost or a loopback address, got ${JSON.stringify(host)}`,
      { details: { field: 'host', value: host } },
    );
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new DayTradeError(
      'http.forbidden',
      `Origin: expected the service's own page, got ${JSON.stringify(origin)}`,
      { details: { field: 'origin', value: origin } },
    );
  }
}
