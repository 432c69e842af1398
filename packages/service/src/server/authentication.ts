import { createHash, timingSafeEqual } from 'node:crypto';
import { DayTradeError } from '@daytrade/errors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hostName, isLoopback } from '../client/loopback.ts';
import type { Caller, Service, ServiceOptions } from '../service.ts';
import { beforeEachRequest, isOwnRequest, pathOf } from './hooks.ts';

/** Characters of a name in a record. */
const mostOfName = 200;
/** Addresses whose wrong tokens are counted. */
const mostAddresses = 10_000;
const probes = new Set(['/healthz', '/readyz']);

/**
 * Admits a request and notes the role of its token. With a token set, a request needs `Authorization: Bearer <token>`;
 * the token of readers changes nothing. Wrong tokens are limited by address.
 *
 * Without a token the service listens on loopback, where a web page in this machine's browser could reach it. DNS
 * rebinding is recognised by Host, a foreign page by Origin or Sec-Fetch-Site. A link to a public page is allowed.
 *
 * @throws DayTradeError `http.unauthorised`, `http.forbidden`, `http.throttled`
 */
export async function addAuthentication(
  service: Service,
  options: Pick<ServiceOptions, 'token' | 'readToken' | 'isPublicPath'>,
): Promise<void> {
  const { token, readToken, isPublicPath = () => false } = options;
  service.decorateRequest('caller', null);
  // Declared without a token as well, so that every scrape has it.
  const failures = service.metrics.counter('authenticationFailures');
  if (token === undefined) {
    beforeEachRequest(service, (request) => {
      requireLocalCaller(request);
      if (!(isPublicPath(pathOf(request)) && isNavigation(request))) requireOwnPage(request);
    });
    return;
  }
  const roles: readonly (readonly [Caller, Buffer])[] = [
    ['operator', digest(token)],
    ...(readToken === undefined ? [] : [['reader', digest(readToken)] as const]),
  ];
  const refusal = await refusals(service, (reason) => failures.inc({ service: service.lifecycle.serviceName, reason }));
  const refuse = async (request: FastifyRequest, reply: FastifyReply, done: (error: Error) => void) => {
    const error = await refusal(request);
    if (error.code === 'http.unauthorised') reply.header('www-authenticate', 'Bearer');
    done(error);
  };
  service.addHook('onRequest', (request, reply, done) => {
    const path = pathOf(request);
    if (probes.has(path) || isPublicPath(path)) return done();
    const found = tokenOf(request.headers.authorization);
    // @fastify/bearer-auth knows no roles, and answers without a problem document.
    request.caller = roles.find(([, digested]) => found !== undefined && timingSafeEqual(found, digested))?.[0] ?? null;
    if (request.caller === 'reader') requireReading(request, path);
    if (request.caller !== null) return done();
    void refuse(request, reply, done);
  });
}

type Limit = ReturnType<Service['createRateLimit']>;
/** The state of a limit; without an allow list every request has one. */
type Counted = Extract<Awaited<ReturnType<Limit>>, { readonly isAllowed: false }>;

/**
 * Returns the error for a request without a right token. After ten wrong tokens within 50 seconds an address gets
 * `http.throttled`, also while 200 of all addresses were wrong within 20. A request with a right token never asks.
 */
async function refusals(
  service: Service,
  count: (reason: 'missing' | 'wrong' | 'throttled') => void,
): Promise<(request: FastifyRequest) => Promise<DayTradeError>> {
  await service.register(rateLimit, { global: false, cache: mostAddresses });
  const limits = [
    service.createRateLimit({ max: 10, timeWindow: 50_000 }),
    service.createRateLimit({ max: 200, timeWindow: 20_000, keyGenerator: () => 'all' }),
  ] as const;
  return async (request) => {
    const states = await Promise.all(
      limits.map(async (limit) => (await limit(request, { increment: false })) as Counted),
    );
    const isKnown = states[0]!.remaining < states[0]!.max;
    const reached = states.filter(({ remaining }) => isKnown && remaining === 0);
    if (reached.length > 0 && !isOwnRequest(request)) {
      count('throttled');
      return throttled(Math.max(1, ...reached.map(({ ttlInSeconds }) => ttlInSeconds)));
    }
    if (request.headers.authorization === undefined) {
      count('missing');
      return unauthorised('the request has no header "Authorization: Bearer <token>"');
    }
    count('wrong');
    for (const limit of limits) await limit(request);
    return unauthorised('the token in the header "Authorization" is not the one that the service was started with');
  };
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

/** Digests have equal lengths, so the comparison reveals nothing about the token. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function tokenOf(header: string | undefined): Buffer | undefined {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return token === undefined ? undefined : digest(token);
}

/** Routes that change data have other methods. */
function requireReading({ method }: FastifyRequest, path: string): void {
  if (method === 'GET' || method === 'HEAD') return;
  throw new DayTradeError(
    'http.read-only',
    `${method} ${path} changes something, and the token of the request only reads`,
  );
}

/**
 * Returns the name for an audit record: the role of the token, then the name given in the request.
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
    );
  }
  if (origin !== undefined && origin !== `${request.protocol}://${host}`) {
    throw new DayTradeError('http.forbidden', `Origin: expected the service's own page, got ${JSON.stringify(origin)}`);
  }
}

/** Returns true for a followed link or a typed address. The page with the link receives nothing of the answer. */
function isNavigation({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Browsers send the origin of a request, other programs do not. Another port of this machine counts as the same site.
 */
function requireOwnPage({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new DayTradeError(
    'http.forbidden',
    `Sec-Fetch-Site: expected the service's own page, got ${JSON.stringify(site)}`,
  );
}
