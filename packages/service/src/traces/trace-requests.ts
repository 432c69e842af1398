import { type Context, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import { isOperational } from '../server/operational-route.ts';
import type { Service } from '../service.ts';
import { tracer } from './tracer.ts';

/** A request under way. */
interface Traced {
  readonly span: Span;
  readonly context: Context;
}

/**
 * A span for each request but probes and scrapes, below that of the caller where the caller sends one. Names and
 * attributes are those of OpenTelemetry's conventions for HTTP servers; neither queries nor bodies are among them.
 */
export function traceRequests(service: Service): void {
  const underWay = new WeakMap<FastifyRequest, Traced>();
  const end = (request: FastifyRequest, finish: (span: Span) => void) => {
    const traced = underWay.get(request);
    if (traced === undefined) return;
    underWay.delete(request);
    finish(traced.span);
    traced.span.end();
  };
  service.addHook('onRequest', async (request) => {
    if (isOperational(request)) return;
    const caller = propagation.extract(context.active(), request.headers);
    const span = tracer().startSpan(
      nameOf(request),
      { kind: SpanKind.SERVER, attributes: attributesOf(request) },
      caller,
    );
    underWay.set(request, { span, context: trace.setSpan(caller, span) });
  });
  // Not earlier: a body arrives as events of the connection, which know nothing of the request.
  service.addHook('preHandler', (request, _reply, done) => {
    context.with(underWay.get(request)?.context ?? context.active(), done);
  });
  service.addHook('onRequestAbort', async (request) => {
    end(request, (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: 'the caller went away' }));
  });
  service.addHook('onResponse', async (request, { statusCode }) => {
    end(request, (span) => {
      span.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    });
  });
}

function nameOf({ method, routeOptions }: FastifyRequest): string {
  return routeOptions.url === undefined ? method : `${method} ${routeOptions.url}`;
}

function attributesOf(request: FastifyRequest): Record<string, string> {
  const route = request.routeOptions.url;
  return {
    'http.request.method': request.method,
    'url.path': request.url.split('?', 1)[0] ?? '',
    'day-trade.request.id': request.id,
    ...(route === undefined ? {} : { 'http.route': route }),
  };
}
