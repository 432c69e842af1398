import { type Problem, problemContentType } from '@daytrade/contracts';
import { asDayTradeError, DayTradeError } from '@daytrade/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { setSecurityHeaders } from '../server/http-protocol.ts';

/**
 * Returns the handlers of the two places where fastify detects an error: hooks, handlers and serialisers; and the
 * router, before a route is found.
 *
 * @param bodyLimit maximum of bytes, for the message about a larger body
 */
export function answerErrors(bodyLimit: number) {
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
  // Hooks have not run yet, so their headers are set here.
  const frameworkError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    reply.header('x-request-id', request.id);
    setSecurityHeaders(reply);
    answer(error, request, reply);
  };
  return { routeError: answer, frameworkError };
}

/** Bodies up to this many bytes are read and discarded, so that the caller receives the refusal. */
const readToTheEnd = 67_108_864;

/** Closing while the caller still sends would reset the connection and lose the answer. */
function readOn(request: FastifyRequest, reply: FastifyReply): void {
  if (!(Number(request.headers['content-length']) <= readToTheEnd)) return;
  reply.removeHeader('connection');
  request.raw.resume();
}

/**
 * Returns the RFC 9457 problem document of an error. Message and details of a bug stay in the log, under the request
 * id.
 */
function problemOf(error: DayTradeError, requestId: string): Problem {
  const { title, status, remedy, retryable } = error.entry;
  const hidden = error.kind === 'bug';
  return {
    type: `docs/errors.md#${error.code}`,
    title,
    status,
    detail: hidden ? `an unexpected error; the log has it under request id ${requestId}` : error.message,
    code: error.code,
    remedy,
    retryable,
    requestId,
    details: hidden ? {} : { ...error.details },
  };
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Content type of a body that is not JSON, for the message. */
    readonly bodyType?: string;
  }
}

/** Translates an error of fastify into one of the platform; returns any other error unchanged. */
function translateFrameworkError(error: unknown, request: FastifyRequest, serviceLimit: number): unknown {
  const bodyLimit = request.routeOptions.bodyLimit ?? serviceLimit;
  if (!(error instanceof Error) || error instanceof DayTradeError || !('code' in error)) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DayTradeError('input.too-large', tooLarge(request.headers['content-length'], bodyLimit));
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new DayTradeError(
        'input.media-type',
        `content-type: expected ${request.routeOptions.config.bodyType ?? 'application/json'}, got ` +
          `${JSON.stringify(request.headers['content-type'] ?? '')}`,
      );
    default:
      return isCallersFault(error) ? new DayTradeError('input.invalid', error.message, { cause: error }) : error;
  }
}

/** Returns true for other errors with a status 4xx, such as a path that is none, or a body that ended too early. */
function isCallersFault(error: Error): boolean {
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500;
}

function tooLarge(length: string | undefined, limit: number): string {
  const got = length === undefined ? 'more came' : `it has ${length}`;
  return `body: expected at most ${limit} bytes, ${got}`;
}
