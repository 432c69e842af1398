import { DayTradeError } from '@daytrade/errors';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Content type of the body where it is not JSON, for the message. */
    readonly bodyType?: string;
  }
}

/** Turns what fastify itself refuses into an error of the platform; gives back anything else as it is. */
export function translateFrameworkError(error: unknown, request: FastifyRequest, serviceLimit: number): unknown {
  const bodyLimit = request.routeOptions.bodyLimit ?? serviceLimit;
  if (!(error instanceof Error) || error instanceof DayTradeError || !('code' in error)) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DayTradeError('input.too-large', tooLarge(request.headers['content-length'], bodyLimit), {
        details: { limitBytes: bodyLimit },
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new DayTradeError(
        'input.media-type',
        `content-type: expected ${request.routeOptions.config.bodyType ?? 'application/json'}, got ` +
          `${JSON.stringify(request.headers['content-type'] ?? '')}`,
        { details: { field: 'content-type', value: request.headers['content-type'] ?? null } },
      );
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new DayTradeError('input.invalid', 'content-length: it is not the length of the body that came');
    case 'FST_ERR_BAD_URL':
      return new DayTradeError('input.invalid', `the path ${JSON.stringify(request.url)} is not a valid URL path`);
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new DayTradeError('http.not-found', 'there is no route with a path segment of that length');
    default:
      return isCallersFault(error) ? new DayTradeError('input.invalid', error.message, { cause: error }) : error;
  }
}

/** True for what else fastify blames on the caller, for example a connection that ended in the middle of a body. */
function isCallersFault(error: Error): boolean {
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500;
}

function tooLarge(length: string | undefined, limit: number): string {
  const got = length === undefined ? 'more came' : `it has ${length}`;
  return `body: expected at most ${limit} bytes, ${got}`;
}
