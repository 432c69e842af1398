import { type MetricKey, metrics } from '@daytrade/contracts';
import type { MetricObjectWithValues, MetricValueWithName } from 'prom-client';
import type { Logger } from '../server/logging.ts';
import { isOperational } from '../server/operational-routes.ts';
import type { Service } from '../service.ts';

const everySeconds = 60;

export interface MetricsOptions {
  readonly service: Service;
  readonly logger: Logger;
  readonly clock: { readonly now: () => number };
}

/** The metrics of a service at one moment, for the monitoring of a cloud. */
export interface PlatformMetrics {
  readonly service: string;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly requests: RequestDelta;
  readonly gauges: ReturnType<typeof gaugeValues>;
}

export type Unit = 'Count' | 'Seconds' | 'None';

interface Gauge {
  readonly key: MetricKey;
  readonly name: string;
  readonly unit: Unit;
  readonly dimension?: readonly [label: string, name: string];
}

/** The gauges of every cloud. */
const gauges: readonly Gauge[] = [
  { key: 'runsQueued', name: 'RunsQueued', unit: 'Count' },
  { key: 'runsQueuedOfGroup', name: 'RunsQueuedOfGroup', unit: 'Count', dimension: ['group', 'Group'] },
  { key: 'oldestQueuedRun', name: 'OldestQueuedRunAge', unit: 'Seconds' },
  { key: 'intervalCoverage', name: 'IntervalCoverage', unit: 'None', dimension: ['window', 'Window'] },
  { key: 'intervalWinkler', name: 'IntervalWinkler', unit: 'None' },
  { key: 'newestBarAge', name: 'NewestBarAge', unit: 'Count' },
  { key: 'modelAge', name: 'ModelAge', unit: 'Seconds' },
];

/**
 * Reads the metrics of a service every minute and hands them to a writer. A minute that the writer fails to send is
 * lost. Only the first of several failures in a row is logged.
 *
 * @param cloud name of the receiver, for the log
 * @returns a function that writes a last time and stops
 */
export function everyMinute(
  { service, logger, clock }: MetricsOptions,
  cloud: string,
  write: (metrics: PlatformMetrics) => Promise<void> | void,
): () => Promise<void> {
  const deltas = new RequestDeltas();
  let failing = false;
  const read = async () => {
    try {
      await service.metrics.collect((error) => logger.warn({ err: error }, 'a metric could not be read'));
      const families = (await service.metrics.registry.getMetricsAsJSON()) as readonly MetricFamily[];
      const requests = deltas.next(families);
      const { serviceName } = service.lifecycle;
      await write({ service: serviceName, timestamp: clock.now(), requests, gauges: gaugeValues(families) });
      failing = false;
    } catch (error) {
      if (!failing) logger.warn({ err: error }, `metrics for ${cloud} are lost`);
      failing = true;
    }
  };
  const timer = setInterval(() => void read(), everySeconds * 1_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await read();
  };
}

function gaugeValues(families: readonly MetricFamily[]) {
  return gauges.flatMap(({ key, name, unit, dimension }) => {
    const family = families.find((candidate) => candidate.name === metrics[key].name);
    return (family?.values ?? []).map(({ value, labels }) => {
      const dimensions = dimension === undefined ? {} : { [dimension[1]]: String(labels[dimension[0]]) };
      return { name, unit, value, dimensions };
    });
  });
}

/** The requests of one interval. Latencies are upper bounds of the histogram's buckets, in seconds. */
export interface RequestDelta {
  readonly count: number;
  /** Answers with status 500 or above. */
  readonly errors: number;
  readonly latency: { readonly values: readonly number[]; readonly counts: readonly number[]; readonly sum: number };
}

const beyond = Number.POSITIVE_INFINITY;

/** Computes the increase of the request histogram between two calls, without probes and scrapes. */
class RequestDeltas {
  readonly #before = new Map<string, number>();

  next(families: readonly MetricFamily[]): RequestDelta {
    const family = families.find(({ name }) => name === metrics.httpRequestDuration.name);
    const buckets = new Map<number, number>();
    let [count, errors, sum] = [0, 0, 0];
    for (const { metricName, labels, value } of family?.values ?? []) {
      if (isOperational({ url: String(labels.route) })) continue;
      const gained = this.#gained(`${metricName} ${JSON.stringify(labels)}`, value);
      if (metricName?.endsWith('_bucket') === true) {
        const bound = labels.le === '+Inf' ? beyond : Number(labels.le);
        buckets.set(bound, (buckets.get(bound) ?? 0) + gained);
      } else if (metricName?.endsWith('_sum') === true) sum += gained;
      else {
        count += gained;
        if (Number(labels.status) >= 500) errors += gained;
      }
    }
    return { count, errors, latency: { ...separate(buckets), sum } };
  }

  #gained(key: string, value: number): number {
    const gained = value - (this.#before.get(key) ?? 0);
    this.#before.set(key, value);
    return gained;
  }
}

/** Splits the cumulative buckets of Prometheus into values with a count each. */
function separate(buckets: ReadonlyMap<number, number>): { readonly values: number[]; readonly counts: number[] } {
  const bounds = [...buckets.keys()].sort((one, other) => one - other);
  const values: number[] = [];
  const counts: number[] = [];
  let [below, lastFinite] = [0, 0];
  for (const bound of bounds) {
    const all = buckets.get(bound) as number;
    if (bound !== beyond) lastFinite = bound;
    if (all > below) {
      values.push(lastFinite);
      counts.push(all - below);
    }
    below = all;
  }
  return { values, counts };
}

/** A metric as the registry returns it; a histogram names its series with `_bucket`, `_sum` or `_count`. */
type MetricFamily = MetricObjectWithValues<MetricValueWithName<string>>;
