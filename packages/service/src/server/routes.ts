import { Readable as ReadableStream } from 'node:stream';
import { type AnswerOf, grantedBy, type PartOf, type Readable, type Route } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';

export type RouteRequest<Of extends Route> = Omit<FastifyRequest, 'params' | 'query' | 'body'> & {
  readonly params: PartOf<Of, 'params'>;
  readonly query: PartOf<Of, 'query'>;
  readonly body: PartOf<Of, 'body'>;
};

/**
 * Adds a route of the contract: path, schemas, status, OpenAPI description, caching.
 *
 * @param handler returns the body of the answer, or throws
 */
export function addRoute<const Of extends Route>(
  service: Service,
  route: Of,
  handler: (request: RouteRequest<Of>) => Promise<Readable<AnswerOf<Of>>>,
): void {
  const { status } = grantedBy(route);
  service.route({
    ...routeOptions(route),
    handler: async (request, reply) => {
      const answer = await handler(request as unknown as RouteRequest<Of>);
      reply.code(status);
      return answer;
    },
  });
}

/**
 * Adds a route whose body is bytes instead of JSON.
 *
 * @param what content of the bytes, for the message about a missing body
 */
export function addBytesRoute<const Of extends Route & { readonly bodyType: string }>(
  service: Service,
  route: Of,
  what: string,
  handler: (request: RouteRequest<Of>, bytes: Uint8Array) => Promise<Readable<AnswerOf<Of>>>,
): void {
  void service.register(async (plugin) => {
    const scope = plugin as Service;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(route.bodyType, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    addRoute(scope, route, (request) => handler(request, bytesOf(request.body, what)));
  });
}

function bytesOf(body: unknown, what: string): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new DayTradeError('input.invalid', `body: expected the bytes of ${what}, got none`);
}

export interface FileAnswer {
  readonly contentType: string;
  /** Name for saving; letters, digits, dots and dashes. */
  readonly fileName: string;
  /** Policy of a page; with it a browser shows the file instead of saving it. */
  readonly contentSecurityPolicy?: string;
  /** Chunks, sent as fast as the caller reads. */
  readonly content: Iterable<string | Uint8Array>;
}

/**
 * Adds a route whose answer is a file instead of JSON.
 *
 * @param handler returns the file, or throws before the first byte is sent
 */
export function addFileRoute<const Of extends Route & { readonly answerTypes: readonly string[] }>(
  service: Service,
  route: Of,
  handler: (request: RouteRequest<Of>) => Promise<FileAnswer>,
): void {
  service.route({
    ...routeOptions(route),
    handler: async (request, reply) => {
      const { contentType, fileName, contentSecurityPolicy, content } = await handler(
        request as unknown as RouteRequest<Of>,
      );
      const disposition = contentSecurityPolicy === undefined ? 'attachment' : 'inline';
      reply.type(contentType).header('content-disposition', `${disposition}; filename="${fileName}"`);
      if (contentSecurityPolicy !== undefined) reply.header('content-security-policy', contentSecurityPolicy);
      return await reply.send(ReadableStream.from(content));
    },
  });
}

/** Returns the fastify options of a route, without its handler. */
function routeOptions(route: Route) {
  const { method, path: url, params, query, body, bodyLimit, bodyType, kept, summary, description, tags } = route;
  return {
    method,
    url,
    schema: defined({ summary, description, tags, params, querystring: query, body, response: responseOf(route) }),
    config: defined({ bodyType, kept }),
    ...defined({ bodyLimit }),
  };
}

/** A file is described by its content types; no schema checks its content. */
function responseOf({ answers, answerTypes }: Route): Readonly<Record<number, unknown>> {
  if (answerTypes === undefined) return answers;
  const { status, schema } = grantedBy({ answers });
  const content = Object.fromEntries(answerTypes.map((type) => [type, { schema }]));
  return { [status]: { description: 'The file', content } };
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Fastify treats a field with the value undefined as present. */
function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
