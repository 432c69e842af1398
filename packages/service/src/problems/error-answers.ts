import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemContentType } from '@daytrade/contracts';
import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { requestIdOf } from '../server/request-id.ts';
import { securityHeaders, setSecurityHeaders } from '../server/security-headers.ts';
import { translateFrameworkError } from './framework-error.ts';
import { problemOf } from './problem.ts';

/** How a service answers what goes wrong, at each of the three places where fastify can notice it. */
export interface ErrorAnswers {
  /** In a hook, a handler or a serialiser. */
  readonly routeError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
  /** In the router, before there is a route. */
  readonly frameworkError: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;
  /** In the HTTP parser, before there is a request. */
  readonly clientError: (error: ConnectionError, socket: Socket) => void;
}

export interface ConnectionError extends Error {
  readonly code: string;
}

/** @param bodyLimit bytes, for the message about a body that is larger */
export function answerErrors(bodyLimit: number): ErrorAnswers {
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = asDayTradeError(translateFrameworkError(error, request, bodyLimit));
    const { status } = known.entry;
    if (known.kind === 'bug') request.log.error({ err: error }, known.message);
    else if (status >= 500) request.log.warn({ err: known, code: known.code }, known.message);
    else request.log.debug({ code: known.code }, known.message);
    if (known.code === 'input.too-large') readOn(request, reply);
    const { retryAfterSeconds } = known.details;
    if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds);
    reply.code(status).type(problemContentType).send(problemOf(known, request.id));
  };
  // No hook runs before there is a route, so the headers that hooks set are set here.
  const frameworkError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    reply.header('x-request-id', request.id);
    setSecurityHeaders(reply);
    answer(error, request, reply);
  };
  return { routeError: answer, frameworkError, clientError };
}

/**
 * Bodies up to this many bytes are read to their end and thrown away, so that the caller gets to read why it was
 * refused.
 */
const readToTheEnd = 67_108_864;

/** Answering and closing while the caller still sends would reset the connection, and the answer would be lost. */
function readOn(request: FastifyRequest, reply: FastifyReply): void {
  if (!(Number(request.headers['content-length']) <= readToTheEnd)) return;
  reply.removeHeader('connection');
  request.raw.resume();
}

function clientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const known = connectionProblem(error);
  const status = statusOf(error) ?? known.entry.status;
  const requestId = requestIdOf(undefined);
  const body = JSON.stringify({ ...problemOf(known, requestId), status });
  const headers = {
    ...securityHeaders,
    'content-type': problemContentType,
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}

function statusOf(error: ConnectionError): number | undefined {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 431;
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : undefined;
}

function connectionProblem(error: ConnectionError): DayTradeError {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return new DayTradeError('input.invalid', 'the headers of the request are longer than 16 KiB');
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new DayTradeError('input.invalid', 'the request was not complete in time');
  }
  return new DayTradeError('input.invalid', `the request is not HTTP/1.1 (${error.code})`);
}
