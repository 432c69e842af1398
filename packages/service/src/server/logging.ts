import { randomUUID } from 'node:crypto';
import { isSecret, settingsSchema } from '@daytrade/contracts';
import type { FastifyRequest } from 'fastify';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Service } from '../service.ts';
import { afterEachAnswer, beforeEachRequest, isOwnRequest, pathOf } from './hooks.ts';
import { isOperational } from './operational-routes.ts';

export type { Logger } from 'pino';

/** Field names that are hidden anywhere in a log line. */
const secrets = ['authorization', 'token', 'password'];
/** Secrets, and addresses, which may contain a password. */
const secretSettings = Object.entries(settingsSchema.shape).flatMap(([name, schema]) =>
  isSecret(name) || schema.meta()?.unit === 'address' ? [name] : [],
);
const redacted = [
  ...[...secrets, ...secretSettings].flatMap((name) => [name, `*.${name}`]),
  ...secrets.map((name) => `*.headers.${name}`),
  // An error of Redis contains the failed command, for a sign-in with its password.
  '*.command.args',
];

/** Creates a logger that writes one JSON object a line and hides tokens and passwords. */
export function createLogger(options: {
  readonly level: string;
  readonly destination?: DestinationStream | undefined;
}): Logger {
  const settings = { level: options.level, redact: { paths: redacted, censor: '(hidden)' } };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

/**
 * Logs each request after its answer, and returns its id in a header. The query is left out, since it may contain a
 * token.
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

/** Returns true for probes, scrapes and requests of this process, whose outer request has a line already. */
function isRoutine(request: FastifyRequest): boolean {
  return isOperational(request) || isOwnRequest(request);
}

const sane = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Returns the caller's request id if it is short and plain enough for a log line, otherwise a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && sane.test(header) ? header : randomUUID();
}
