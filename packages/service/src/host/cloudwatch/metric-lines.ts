import { type MetricKey, metrics } from '@daytrade/contracts';
import type { MetricFamily } from './metric-families.ts';
import type { RequestDelta } from './request-deltas.ts';

export interface MetricLineOptions {
  /** For example `DayTrade`. */
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
  /** Label that becomes a dimension, and the name of that. */
  readonly dimension?: readonly [label: string, name: string];
}

/** The gauges that CloudWatch gets, each with the dimension Service and where it is named another one. */
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
 * The metrics of one interval as lines of the CloudWatch embedded metric format: each line is a JSON object that
 * CloudWatch Logs turns into metrics. Every metric has the dimension Service (ml-service, data-service,
 * scheduler-service, worker, dashboard).
 *
 * Requests: RequestCount and RequestErrors (status 500 and more) as counts of the interval, RequestLatency in
 * seconds as a distribution, so that CloudWatch knows its percentiles.
 */
export function metricLines(
  families: readonly MetricFamily[],
  requests: RequestDelta,
  options: MetricLineOptions,
): readonly string[] {
  const samples = gauges.flatMap((gauge) => samplesOf(gauge, families));
  return [requestLine(requests, options), ...samples.map((sample) => line(sample, options))];
}

interface Sample {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, { readonly unit: Unit; readonly value: unknown }>>;
}

function samplesOf({ key, name, unit, dimension }: Gauge, families: readonly MetricFamily[]): Sample[] {
  const family = families.find((candidate) => candidate.name === metrics[key].name);
  return (family?.values ?? []).map(({ value, labels }) => ({
    dimensions: dimension === undefined ? {} : { [dimension[1]]: String(labels[dimension[0]]) },
    values: { [name]: { unit, value } },
  }));
}

function requestLine({ count, errors, latency }: RequestDelta, options: MetricLineOptions): string {
  const counts = {
    RequestCount: { unit: 'Count', value: count },
    RequestErrors: { unit: 'Count', value: errors },
  } as const;
  if (count === 0) return line({ dimensions: {}, values: counts }, options);
  const { values, counts: each, sum } = latency;
  const value = { Values: values, Counts: each, Max: values.at(-1), Min: values[0], Count: count, Sum: sum };
  return line({ dimensions: {}, values: { ...counts, RequestLatency: { unit: 'Seconds', value } } }, options);
}

function line({ dimensions, values }: Sample, { namespace, service, timestamp }: MetricLineOptions): string {
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
