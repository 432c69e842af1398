import { apiPrefix, type ServiceName } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '@daytrade/service-kit';
import type { ServiceTransport } from '@daytrade/service-kit/client';

/**
 * Hands `/api/<service>/…` on, the API and `readyz` of each service; answers and problem documents come back as they
 * are.
 */
export function forwardRequests(dashboard: Service, services: Readonly<Record<ServiceName, ServiceTransport>>): void {
  for (const [name, transport] of Object.entries(services)) {
    const prefix = `/api/${name}`;
    dashboard.route({
      method: ['GET', 'POST'],
      url: `${prefix}/*`,
      schema: { hide: true },
      handler: async (request, reply) => {
        const path = pathWithin(request.url, prefix);
        const { status, contentType, contentSecurityPolicy, body } = await transport.send({
          method: request.method === 'POST' ? 'POST' : 'GET',
          path,
          body: request.method === 'POST' ? request.body : undefined,
          requestId: request.id,
        });
        reply.serializer((text: string) => text);
        if (contentSecurityPolicy !== undefined) reply.header('content-security-policy', contentSecurityPolicy);
        return reply.code(status).header('content-type', contentType).send(body);
      },
    });
  }
}

/** The path that the service sees, resolved first so that no `..` leads out of what is forwarded. */
function pathWithin(url: string, prefix: string): string {
  const { pathname, search } = new URL(url.slice(prefix.length), 'http://service');
  if (isForwarded(pathname) && !/%2e|%2f|%5c/i.test(pathname)) return pathname + search;
  throw new DayTradeError(
    'http.not-found',
    `the page does not hand on ${pathname}; it hands on ${apiPrefix}… and /readyz`,
    {
      details: { path: pathname },
    },
  );
}

/** What may be asked of a service from the page: its API and whether it is ready, not its metrics. */
function isForwarded(pathname: string): boolean {
  return pathname.startsWith(apiPrefix) || pathname === '/readyz';
}
