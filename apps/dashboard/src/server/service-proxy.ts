import { Readable } from 'node:stream';
import { apiPrefix, type ServiceName } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { beginEvents, eventStream, type Service } from '@daytrade/service';
import type { ServiceTransport, StreamedAnswer } from '@daytrade/service/client';
import type { FastifyReply } from 'fastify';

/**
 * Forwards `/api/<service>/…` to the API and `readyz` of each service. All answers come back byte by byte; files and
 * events are streamed.
 */
export function forwardRequests(dashboard: Service, services: Readonly<Record<ServiceName, ServiceTransport>>): void {
  const closing = new AbortController();
  dashboard.addHook('preClose', async () => closing.abort());
  for (const [name, transport] of Object.entries(services)) {
    const prefix = `/api/${name}`;
    dashboard.route({
      method: ['GET', 'POST'],
      url: `${prefix}/*`,
      schema: { hide: true },
      handler: async (request, reply) => {
        const path = pathWithin(request.url, prefix);
        const lasts = request.headers.accept === eventStream;
        const gone = goneWith(reply);
        const answering = transport.stream({
          method: request.method === 'POST' ? 'POST' : 'GET',
          path,
          body: request.method === 'POST' ? request.body : undefined,
          requestId: request.id,
          // A stream of events ends with its reader, or with this server.
          ...(lasts ? { lasts, signal: AbortSignal.any([gone, closing.signal]) } : {}),
        });
        const answer = await answering.catch((error: unknown) => {
          if (gone.aborted) return undefined;
          throw error;
        });
        return answer === undefined ? reply.hijack() : await sendOn(reply, answer);
      },
    });
  }
}

/** Returns a signal that is aborted once the reader of the reply has gone. */
function goneWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

async function sendOn(reply: FastifyReply, { status, contentType, content, ...head }: StreamedAnswer): Promise<void> {
  const { contentSecurityPolicy, contentDisposition } = head;
  reply.code(status).header('content-type', contentType);
  if (contentType.startsWith(eventStream)) beginEvents(reply);
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

/** True for the API of a service and its readiness, not for its metrics. */
function isForwarded(pathname: string): boolean {
  return pathname.startsWith(apiPrefix) || pathname === '/readyz';
}
