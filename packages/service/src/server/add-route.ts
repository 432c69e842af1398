import { type AnswerOf, grantedBy, type PartOf, type Readable, type Route } from '@daytrade/contracts';
import type { FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { routeOptions } from './route-options.ts';

/** A request whose parts were checked by the schemas of its route. */
export type RouteRequest<Of extends Route> = Omit<FastifyRequest, 'params' | 'query' | 'body'> & {
  readonly params: PartOf<Of, 'params'>;
  readonly query: PartOf<Of, 'query'>;
  readonly body: PartOf<Of, 'body'>;
};

/**
 * Serves a route as the contract describes it: where it is, what it takes, the status and schema of its answer, its
 * place in the OpenAPI document, and whether its answer is kept.
 *
 * @param handler gives the body of the answer, or throws
 * @example
 * addRoute(service, routes.run, async ({ params }) => ({ run: await findRun(params.id) }));
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
