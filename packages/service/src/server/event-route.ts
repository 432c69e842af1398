import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, Readable as ReadOnly, Route } from '@daytrade/contracts';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import type { RouteRequest } from './add-route.ts';
import { overloaded, streamBegins } from './admission.ts';

/** Content type of server-sent events. */
export const eventStream = 'text/event-stream';

/** Streams of one route that are open at once: a tenth of the connections that a service takes. */
const mostStreams = 100;
/** A proxy ends a connection on which nothing comes for about a minute. */
const heartbeatMs = 15_000;

/** The events of one request. They end when the signal is aborted: the caller has gone, or the service ends. */
export type EventHandler<Of extends Route> = (
  request: RouteRequest<Of>,
  signal: AbortSignal,
) => AsyncIterable<ReadOnly<AnswerOf<Of>>>;

/**
 * Serves a route as server-sent events: each event is an answer of the route, and a comment comes when there was none
 * for a while. What the handler throws before its first event is answered as for any route.
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
 * The end of an answer, however it ends. A caller in this process that reads no further ends it with an error: handed
 * on, it would be answered after the events, to nobody.
 */
function endOf(reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    reply.then(resolve, () => {
      reply.hijack();
      resolve();
    });
  });
}

/** Makes a reply one of events: its turn goes to another request, and no proxy on the way keeps events back. */
export function beginEvents(reply: FastifyReply): void {
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
