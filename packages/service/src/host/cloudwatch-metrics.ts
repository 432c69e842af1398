import type { Settings } from '@daytrade/contracts';
import { everyMinute, type MetricsOptions, type PlatformMetrics, type Unit } from './platform-metrics.ts';

interface WriteMetricsOptions extends MetricsOptions {
  readonly settings: Settings;
  readonly output: { write(line: string): unknown };
}

/**
 * Writes the metrics of a service every minute in the CloudWatch embedded metric format.
 *
 * @returns a function that writes a last time and stops
 */
export function writeCloudWatchMetrics({ settings, output, ...options }: WriteMetricsOptions): () => Promise<void> {
  return everyMinute(options, 'CloudWatch', (metrics) => {
    for (const text of metricLines(metrics, settings.DAYTRADE_CLOUDWATCH_NAMESPACE)) output.write(`${text}\n`);
  });
}

/**
 * Returns the metrics in the CloudWatch embedded metric format, one JSON object a line. Every metric has the dimension
 * Service. RequestLatency is a distribution, which the library of AWS cannot write.
 */
function metricLines(metrics: PlatformMetrics, namespace: string): readonly string[] {
  const { count, errors, latency } = metrics.requests;
  const { values, counts, sum } = latency;
  const distribution = { Values: values, Counts: counts, Max: values.at(-1), Min: values[0], Count: count, Sum: sum };
  const requests: Values = {
    RequestCount: { unit: 'Count', value: count },
    RequestErrors: { unit: 'Count', value: errors },
    ...(count > 0 && { RequestLatency: { unit: 'Seconds', value: distribution } }),
  };
  const ofGauges = metrics.gauges.map(({ name, unit, value, dimensions }) =>
    line(dimensions, { [name]: { unit, value } }, metrics, namespace),
  );
  return [line({}, requests, metrics, namespace), ...ofGauges];
}

type Values = Readonly<Record<string, { readonly unit: Unit; readonly value: unknown }>>;

function line(
  dimensions: Readonly<Record<string, string>>,
  values: Values,
  { service, timestamp }: PlatformMetrics,
  namespace: string,
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
