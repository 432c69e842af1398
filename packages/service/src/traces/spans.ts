import type { Run } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import { isOperational } from '../server/operational-routes.ts';
import type { Service } from '../service.ts';

/** A request in progress. */
interface Traced {
  readonly span: Span;
  readonly context: Context;
}

/**
 * Creates a span for each request except probes and scrapes, as a child of the caller's span. Names and attributes
 * follow OpenTelemetry's conventions for HTTP servers; queries and bodies are left out. @fastify/otel would make a span
 * of every hook as well.
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
  // Body events belong to the connection and lose the context, so it is set afterwards.
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

/** Creates a span for each run that ends in this process. @returns a function that stops it */
export function traceRuns(queue: Pick<JobQueue, 'onFinished'>): () => void {
  return queue.onFinished((run) => {
    if (run.startedAt !== null && run.finishedAt !== null) traceRun(run, run.startedAt, run.finishedAt);
  });
}

function traceRun({ id, job, attempt, status, error }: Run, startedAt: string, finishedAt: string): void {
  const span = tracer().startSpan(`run ${job}`, {
    root: true,
    kind: SpanKind.CONSUMER,
    startTime: new Date(startedAt),
    attributes: {
      'day-trade.run.id': id,
      'day-trade.run.job': job,
      'day-trade.run.attempt': attempt,
      'day-trade.run.status': status,
    },
  });
  if (status !== 'succeeded') span.setStatus({ code: SpanStatusCode.ERROR, message: error?.message ?? status });
  span.end(new Date(finishedAt));
}

/** Like `fetch`, with the trace context of the current request. */
export const tracedFetch: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  propagation.inject(context.active(), headers, { set: (carrier, name, value) => carrier.set(name, value) });
  return await fetch(input, { ...init, headers });
};

/** Returns the tracer of this process. Without `openTraces` its spans are dropped. */
export function tracer(): Tracer {
  return trace.getTracer('day-trade');
}
