import { type MetricKey, metrics, type Settings } from '@daytrade/contracts';
import type { MetricObjectWithValues, MetricValueWithName } from 'prom-client';
import type { Logger } from '../server/logging.ts';
import { isOperational } from '../server/operational-routes.ts';
import type { Service } from '../service.ts';

const everySeconds = 60;

interface WriteMetricsOptions {
  readonly service: Service;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly clock: { readonly now: () => number };
  readonly output: { write(line: string): unknown };
}

/**
 * Writes the metrics of a service every minute in the CloudWatch embedded metric format.
 *
 * @returns a function that writes a last time and stops
 */
export function writeCloudWatchMetrics(options: WriteMetricsOptions): () => Promise<void> {
  const deltas = new RequestDeltas();
  const timer = setInterval(() => void write(options, deltas), everySeconds * 1_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await write(options, deltas);
  };
}

async function write(options: WriteMetricsOptions, deltas: RequestDeltas): Promise<void> {
  const { service, settings, logger, clock, output } = options;
  try {
    await service.metrics.collect((error) => logger.warn({ err: error }, 'a metric could not be read'));
    const families = (await service.metrics.registry.getMetricsAsJSON()) as readonly MetricFamily[];
    const lines = metricLines(families, deltas.next(families), {
      namespace: settings.DAYTRADE_CLOUDWATCH_NAMESPACE,
      service: service.lifecycle.serviceName,
      timestamp: clock.now(),
    });
    for (const text of lines) output.write(`${text}\n`);
  } catch (error) {
    logger.warn({ err: error }, 'the metrics for CloudWatch could not be written');
  }
}

interface MetricLineOptions {
  /** Such as `DayTrade`. */
  readonly namespace: string;
  readonly service: string;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
}

type Unit = 'Count' | 'Seconds' | 'None';

interface Gauge {
  readonly key: MetricKey;
  readonly name: string;
  readonly unit: Unit;
  readonly dimension?: readonly [label: string, name: string];
}

/** The gauges for CloudWatch. Each has the dimension Service and optionally another one. */
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
 * Returns the metrics of one interval in the CloudWatch embedded metric format, one JSON object a line. Every metric
 * has the dimension Service. RequestLatency is a distribution, which the library of AWS cannot write.
 */
function metricLines(
  families: readonly MetricFamily[],
  { count, errors, latency: { values, counts, sum } }: RequestDelta,
  options: MetricLineOptions,
): readonly string[] {
  const latency = { Values: values, Counts: counts, Max: values.at(-1), Min: values[0], Count: count, Sum: sum };
  const requests: Values = {
    RequestCount: { unit: 'Count', value: count },
    RequestErrors: { unit: 'Count', value: errors },
    ...(count > 0 && { RequestLatency: { unit: 'Seconds', value: latency } }),
  };
  const ofGauges = gauges.flatMap(({ key, name, unit, dimension }) => {
    const family = families.find((candidate) => candidate.name === metrics[key].name);
    return (family?.values ?? []).map(({ value, labels }) => {
      const dimensions = dimension === undefined ? {} : { [dimension[1]]: String(labels[dimension[0]]) };
      return line(dimensions, { [name]: { unit, value } }, options);
    });
  });
  return [line({}, requests, options), ...ofGauges];
}

type Values = Readonly<Record<string, { readonly unit: Unit; readonly value: unknown }>>;

function line(
  dimensions: Readonly<Record<string, string>>,
  values: Values,
  { namespace, service, timestamp }: MetricLineOptions,
): string {
  const all = { Service: service, ...dimensions };
  const metricsOfLine = Object.entries(values).map(([Name, { unit: Unit }]) => ({ Name, Unit }));
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [Object.keys(all)], Metrics: metricsOfLine }],
    },
    ...all,
    ...Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])),
  });
}

/** The requests of one interval. Latencies are upper bounds of the histogram's buckets, in seconds. */
interface RequestDelta {
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
