import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, Readable as ReadOnly, Route } from '@daytrade/contracts';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { overloaded, streamBegins } from './admission.ts';
import type { RouteRequest } from './routes.ts';

/** Content type of server-sent events. */
export const eventStream = 'text/event-stream';

/** Open streams of one route: a tenth of the connections of a service. */
const mostStreams = 100;
/** Proxies close a connection after about a minute of silence. */
const heartbeatMs = 15_000;

/** Yields the events of a request. The signal aborts when the caller leaves or the service ends. */
export type EventHandler<Of extends Route> = (
  request: RouteRequest<Of>,
  signal: AbortSignal,
) => AsyncIterable<ReadOnly<AnswerOf<Of>>>;

/**
 * Serves a route as server-sent events, each an answer of the route, with comments as heartbeat. An error before the
 * first event becomes a problem document. @fastify/sse 0.6 would replace the frames alone: it bounds no open streams.
 *
 * @example
 * addEventRoute(service, routes.runEvents, ({ params }, signal) => statesOf(params.id, signal));
 */
export function addEventRoute<const Of extends Route>(service: Service, route: Of, handler: EventHandler<Of>): void {
  const closing = new AbortController();
  service.addHook('preClose', async () => closing.abort());
  let open = 0;
  const { method, path: url, params, summary, description, tags } = route;
  service.route({
    method,
    url,
    schema: { summary, tags, ...(description === undefined ? {} : { description }), ...(params && { params }) },
    handler: async (request, reply) => {
      if (open >= mostStreams) throw overloaded();
      const gone = new AbortController();
      const signal = AbortSignal.any([closing.signal, gone.signal]);
      const events = handler(request as unknown as RouteRequest<Of>, signal)[Symbol.asyncIterator]();
      const stream = Readable.from(frames(await events.next(), events));
      open += 1;
      stream.once('close', () => {
        open -= 1;
        gone.abort();
      });
      beginEvents(reply);
      reply.send(stream);
      await endOf(reply);
    },
  });
}

/**
 * Resolves at the end of an answer. A caller in this process that stops reading ends it with an error, which must not
 * become a second answer.
 */
function endOf(reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    reply.then(resolve, () => {
      reply.hijack();
      resolve();
    });
  });
}

/** Marks a reply as events: frees its slot and keeps proxies from buffering. */
function beginEvents(reply: FastifyReply): void {
  reply.raw.emit(streamBegins);
  reply
    .header('connection', 'close')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .type(eventStream);
}

async function* frames<Event>(
  first: IteratorResult<Event>,
  events: AsyncIterator<Event>,
): AsyncGenerator<string, void, void> {
  try {
    for (let next = Promise.resolve(first); ; ) {
      const quiet = new AbortController();
      const beat = pause(heartbeatMs, undefined, { signal: quiet.signal, ref: false }).catch(() => undefined);
      const come = await Promise.race([next, beat]);
      quiet.abort();
      if (come?.done === true) return;
      yield come === undefined ? ': nothing new\n\n' : `data: ${JSON.stringify(come.value)}\n\n`;
      if (come !== undefined) next = events.next();
    }
  } finally {
    await events.return?.();
  }
}
