import type { AnswerOf, Readable, Route } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import { addRoute, type RouteRequest } from './add-route.ts';

/**
 * Serves a route whose body is bytes in the place of JSON, in a scope of its own that takes nothing else.
 *
 * @param what what the bytes are, for the message where there are none
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
  throw new DayTradeError('input.invalid', `body: expected the bytes of ${what}, got none`, {
    details: { field: 'body' },
  });
}
