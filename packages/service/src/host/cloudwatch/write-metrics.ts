import type { Settings } from '@daytrade/contracts';
import type { Logger } from '../../server/logger.ts';
import type { Service } from '../../service.ts';
import type { MetricFamily } from './metric-families.ts';
import { metricLines } from './metric-lines.ts';
import { RequestDeltas } from './request-deltas.ts';

const everySeconds = 60;

export interface WriteMetricsOptions {
  readonly service: Service;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly clock: { readonly now: () => number };
  readonly output: { write(line: string): unknown };
}

/**
 * Writes the metrics of the service every minute for CloudWatch, from the registry that `/metrics` answers.
 *
 * @returns stops it, after a last time
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
