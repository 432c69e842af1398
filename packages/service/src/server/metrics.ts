import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type MetricKey, metrics as table } from '@daytrade/contracts';
import type { FastifyReply } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Service } from '../service.ts';
import { afterEachAnswer, beforeEachRequest } from './hooks.ts';

/** Measures every request and the event loop. fastify-metrics would bring names and labels of its own. */
export function addMetrics(service: Service, name: string): void {
  const metrics = new ServiceMetrics();
  service.decorate('metrics', metrics);
  measureRequests(service, metrics, name);
  measureEventLoop(service, metrics, name);
}

export function addMetricsRoute(service: Service): void {
  service.get(
    '/metrics',
    { schema: { summary: 'Metrics in the Prometheus text format', tags: ['operations'] } },
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

type KeysOf<Type extends string> = {
  [Key in MetricKey]: (typeof table)[Key]['type'] extends Type ? Key : never;
}[MetricKey];
type LabelsOf<Key extends MetricKey> = (typeof table)[Key]['labels'][number];

/** Upper bounds in seconds, from a cached answer to the longest training. */
const durationBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_200, 3_600];

/** The metrics of one service, on its own registry. Names, labels and help come from `contracts`. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #collectors: (() => Promise<void> | void)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Returns the gauge of a key, created by the first call. */
  gauge<Key extends KeysOf<'gauge'>>(key: Key): Gauge<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Gauge(settings));
  }

  counter<Key extends KeysOf<'counter'>>(key: Key): Counter<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Counter(settings));
  }

  histogram<Key extends KeysOf<'histogram'>>(key: Key): Histogram<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Histogram({ ...settings, buckets: durationBuckets }));
  }

  /** Registers a function that updates values before each scrape. */
  beforeScrape(collect: () => Promise<void> | void): void {
    this.#collectors.push(collect);
  }

  /** Returns the metrics as text for Prometheus. */
  async scrape(failed: (error: unknown) => void): Promise<string> {
    await this.collect(failed);
    return await this.registry.metrics();
  }

  /** Updates the registry. A failed collector is reported and leaves its old values. */
  async collect(failed: (error: unknown) => void): Promise<void> {
    for (const collect of this.#collectors) {
      try {
        await collect();
      } catch (error) {
        failed(error);
      }
    }
  }

  #once<Metric>(key: MetricKey, make: (settings: MetricSettings) => Metric): Metric {
    const { name, help, labels } = table[key];
    const existing = this.registry.getSingleMetric(name) as Metric | undefined;
    return existing ?? make({ name, help, labelNames: [...labels], registers: [this.registry] });
  }
}

interface MetricSettings {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}
