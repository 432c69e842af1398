import { hostname } from 'node:os';
import { type Envelope, type InsightsIngestion, sendEnvelopes } from '../traces/insights-ingestion.ts';
import { everyMinute, type MetricsOptions, type PlatformMetrics } from './platform-metrics.ts';

/**
 * Sends the metrics of a service every minute to Application Insights, which has them as `customMetrics`.
 *
 * @returns a function that sends a last time and stops
 */
export function sendInsightsMetrics(
  options: MetricsOptions & { readonly version: string },
  ingestion: InsightsIngestion,
): () => Promise<void> {
  const { instrumentationKey } = ingestion.connection;
  return everyMinute(options, 'Application Insights', async (metrics) => {
    await sendEnvelopes(envelopesOf(metrics, instrumentationKey, options.version), ingestion);
  });
}

/** Returns an item for each value, since Application Insights takes one metric an item. */
function envelopesOf(metrics: PlatformMetrics, iKey: string, version: string): readonly Envelope[] {
  const { count, errors } = metrics.requests;
  const requests = [
    { name: 'RequestCount', value: count, dimensions: {} },
    { name: 'RequestErrors', value: errors, dimensions: {} },
  ];
  return [...requests, ...metrics.gauges].map(({ name, value, dimensions }) => ({
    ver: 1,
    name: 'Microsoft.ApplicationInsights.Metric',
    time: new Date(metrics.timestamp).toISOString(),
    sampleRate: 100,
    iKey,
    tags: {
      'ai.cloud.role': metrics.service,
      'ai.cloud.roleInstance': hostname(),
      'ai.application.ver': version,
    },
    data: {
      baseType: 'MetricData',
      baseData: { ver: 2, metrics: [{ name, value, count: 1 }], properties: dimensions },
    },
  }));
}
