import { createHash, timingSafeEqual } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import type { FastifyRequest } from 'fastify';
import { hostName, isLoopback } from '../client/loopback.ts';
import type { Caller, Service, ServiceOptions } from '../service.ts';
import { FailureThrottle } from './failure-throttle.ts';
import { isOwnRequest } from './own-request.ts';
import { beforeEachRequest } from './plain-hooks.ts';
import { pathOf } from './request-path.ts';

/** Characters of a name in a record. */
const mostOfName = 200;
const probes = new Set(['/healthz', '/readyz']);

/**
 * Lets a request in, and notes whose token it carries. With a token: only with `Authorization: Bearer <token>`. The
 * token of readers changes nothing. Wrong ones of an address are throttled.
 * Without one, the service listens on loopback and what could reach it from outside is a web page in this machine's
 * browser: a page's own name that resolves to 127.0.0.1 (DNS rebinding) is seen in Host, a foreign page in Origin, and
 * in Sec-Fetch-Site where the browser sends no Origin. A link to a page that is public may be followed from anywhere.
 *
 * @throws DayTradeError `http.unauthorised`, `http.forbidden`, `http.throttled`
 */
export function addAuthentication(
  service: Service,
  options: Pick<ServiceOptions, 'token' | 'readToken' | 'isPublicPath'>,
): void {
  const { token, readToken, isPublicPath = () => false } = options;
  const expected = token === undefined ? undefined : digest(token);
  const expectedOfReaders = readToken === undefined ? undefined : digest(readToken);
  service.decorateRequest('caller', null);
  const throttle = new FailureThrottle(() => performance.now());
  const failures = service.metrics.counter('authenticationFailures');
  const refuse = (reason: 'missing' | 'wrong' | 'throttled', error: DayTradeError) => {
    failures.inc({ service: service.lifecycle.serviceName, reason });
    return error;
  };
  beforeEachRequest(service, (request, reply) => {
    const path = pathOf(request);
    if (expected === undefined) {
      requireLocalCaller(request);
      if (!(isPublicPath(path) && isNavigation(request))) requireOwnPage(request);
      return;
    }
    if (probes.has(path) || isPublicPath(path)) return;
    const { authorization } = request.headers;
    const found = tokenOf(authorization);
    if (found !== undefined && timingSafeEqual(found, expected)) {
      request.caller = 'operator';
      return;
    }
    if (found !== undefined && expectedOfReaders !== undefined && timingSafeEqual(found, expectedOfReaders)) {
      request.caller = 'reader';
      requireReading(request, path);
      return;
    }
    const wait = isOwnRequest(request) ? 0 : throttle.secondsToWait(request.ip);
    if (wait > 0) throw refuse('throttled', throttled(wait));
    reply.header('www-authenticate', 'Bearer');
    if (authorization === undefined)
      throw refuse('missing', unauthorised('the request has no header "Authorization: Bearer <token>"'));
    throttle.failed(request.ip);
    throw refuse(
      'wrong',
      unauthorised('the token in the header "Authorization" is not the one that the service was started with'),
    );
  });
}

function unauthorised(message: string): DayTradeError {
  return new DayTradeError('http.unauthorised', message);
}

function throttled(retryAfterSeconds: number): DayTradeError {
  return new DayTradeError(
    'http.throttled',
    `too many requests of this address had a wrong token: try again in ${retryAfterSeconds} s`,
    { details: { retryAfterSeconds } },
  );
}

/** Digests have one length, so that the comparison reveals nothing, not even the length of the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The digest of the token in a header. */
function tokenOf(header: string | undefined): Buffer | undefined {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return token === undefined ? undefined : digest(token);
}

/** Routes that change something have other methods. */
function requireReading({ method }: FastifyRequest, path: string): void {
  if (method === 'GET' || method === 'HEAD') return;
  throw new DayTradeError(
    'http.read-only',
    `${method} ${path} changes something, and the token of the request only reads`,
    { details: { method, path } },
  );
}

/**
 * The name for a record of who did something: the caller by its token, then the name that the request gives.
 *
 * @example recordedAs('operator', 'hanako') // 'operator: hanako'
 */
export function recordedAs(caller: Caller | null, name: string): string {
  return caller === null ? name : `${caller}: ${name}`.slice(0, mostOfName);
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
  if (origin !== undefined && origin !== `${request.protocol}://${host}`) {
    throw new DayTradeError(
      'http.forbidden',
      `Origin: expected the service's own page, got ${JSON.stringify(origin)}`,
      { details: { field: 'origin', value: origin } },
    );
  }
}

/** A person follows a link, or types an address: nothing of the answer reaches the page that has the link. */
function isNavigation({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Browsers say where a request comes from, other programs do not. Another port of this machine counts as the same site.
 */
function requireOwnPage({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new DayTradeError(
    'http.forbidden',
    `Sec-Fetch-Site: expected the service's own page, got ${JSON.stringify(site)}`,
    { details: { field: 'sec-fetch-site', value: site } },
  );
}
