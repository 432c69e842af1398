import { Readable } from 'node:stream';
import type { Route } from '@daytrade/contracts';
import type { Service } from '../service.ts';
import type { RouteRequest } from './add-route.ts';
import { routeOptions } from './route-options.ts';

/** A file as the answer to a request. */
export interface FileAnswer {
  readonly contentType: string;
  /** Name under which a browser keeps it; letters, digits, dots and dashes. */
  readonly fileName: string;
  /** What the file may do as a page: with it a browser shows the file instead of keeping it. */
  readonly contentSecurityPolicy?: string;
  /** Sent piece by piece, as fast as it is taken. */
  readonly content: Iterable<string | Uint8Array>;
}

/**
 * Serves a route whose answer is a file in the place of JSON.
 *
 * @param handler gives the file, or throws before the first byte is sent
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
      return await reply.send(Readable.from(content));
    },
  });
}
