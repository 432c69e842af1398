import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyReply } from 'fastify';
import type { Service } from '../service.ts';
import { eventStream } from './event-route.ts';
import { operational } from './operational-route.ts';
import { isRefresh } from './own-request.ts';
import { afterEachAnswer, beforeEachRequest } from './plain-hooks.ts';
import { ServiceMetrics } from './service-metrics.ts';

/** Measures every request and the event loop. */
export function addMetrics(service: Service, name: string): void {
  const metrics = new ServiceMetrics();
  service.decorate('metrics', metrics);
  measureRequests(service, metrics, name);
  measureEventLoop(service, metrics, name);
}

/** Answers `GET /metrics`. */
export function addMetricsRoute(service: Service): void {
  service.get(
    '/metrics',
    { ...operational, schema: { summary: 'Metrics in the Prometheus text format', tags: ['operations'] } },
    async (request, reply: FastifyReply) => {
      reply.type(service.metrics.registry.contentType);
      return service.metrics.scrape((error) => request.log.warn({ err: error }, 'a metric could not be read'));
    },
  );
}

function measureRequests(service: Service, metrics: ServiceMetrics, name: string): void {
  const inFlight = metrics.gauge('httpRequestsInFlight');
  const duration = metrics.histogram('httpRequestDuration');
  const open = new WeakSet<object>();
  const ended = (request: object) => {
    if (open.delete(request)) inFlight.dec({ service: name });
  };
  beforeEachRequest(service, (request) => {
    open.add(request);
    inFlight.inc({ service: name });
  });
  service.addHook('onRequestAbort', async (request) => ended(request));
  afterEachAnswer(service, (request, reply) => {
    ended(request);
    // The one lasts as long as what it shows; of the other nobody waits for the answer.
    if (reply.getHeader('content-type') === eventStream || isRefresh(request)) return;
    const route = request.routeOptions.url ?? 'unmatched';
    const labels = { service: name, method: request.method, route, status: String(reply.statusCode) };
    duration.observe(labels, reply.elapsedTime / 1_000);
  });
}

function measureEventLoop(service: Service, metrics: ServiceMetrics, name: string): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  metrics.beforeScrape(() => {
    metrics.gauge('eventLoopDelay').set({ service: name }, delay.percentile(99) / 1e9);
    delay.reset();
  });
  service.addHook('onClose', async () => {
    delay.disable();
  });
}
