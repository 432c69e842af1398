import { Readable } from 'node:stream';
import { apiPrefix, type ServiceName } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '@daytrade/service';
import type { ServiceTransport, StreamedAnswer } from '@daytrade/service/client';
import type { FastifyReply } from 'fastify';

/**
 * Forwards `/api/<service>/…` to the API and `readyz` of each service. All answers come back byte by byte; files are
 * streamed.
 */
export function forwardRequests(dashboard: Service, services: Readonly<Record<ServiceName, ServiceTransport>>): void {
  for (const [name, transport] of Object.entries(services)) {
    const prefix = `/api/${name}`;
    dashboard.route({
      method: ['GET', 'POST'],
      url: `${prefix}/*`,
      schema: { hide: true },
      handler: async (request, reply) => {
        const isPost = request.method === 'POST';
        const path = pathWithin(request.url, prefix);
        const asked = { path, requestId: request.id, body: isPost ? request.body : undefined };
        return await sendOn(reply, await transport.stream({ method: isPost ? 'POST' : 'GET', ...asked }));
      },
    });
  }
}

async function sendOn(reply: FastifyReply, { status, contentType, content, ...head }: StreamedAnswer): Promise<void> {
  const { contentSecurityPolicy, contentDisposition } = head;
  reply.code(status).header('content-type', contentType);
  if (contentSecurityPolicy !== undefined) reply.header('content-security-policy', contentSecurityPolicy);
  if (contentDisposition !== undefined) reply.header('content-disposition', contentDisposition);
  // A known length lets the compression leave short answers as they are.
  const whole = contentType.includes('json') ? Buffer.concat(await Array.fromAsync(content)) : undefined;
  return await reply.send(whole ?? Readable.from(content));
}

/** Returns the path for the service, resolved first so that no `..` leads out of the forwarded paths. */
function pathWithin(url: string, prefix: string): string {
  const { pathname, search } = new URL(url.slice(prefix.length), 'http://service');
  if (isForwarded(pathname) && !/%2e|%2f|%5c/i.test(pathname)) return pathname + search;
  throw new DayTradeError(
    'http.not-found',
    `the page does not forward ${pathname}; it forwards ${apiPrefix}… and /readyz`,
    {
      details: { path: pathname },
    },
  );
}

/** True for the API of a service and its readiness, not for its metrics and its endless answers. */
function isForwarded(pathname: string): boolean {
  return (pathname.startsWith(apiPrefix) && !pathname.endsWith('/events')) || pathname === '/readyz';
}
