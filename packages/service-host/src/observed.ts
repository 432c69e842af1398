import { writeCloudWatchMetrics } from './cloudwatch/write-metrics.ts';
import type { Backing, CreatePart } from './parts.ts';
import { traceRequests } from './traces/trace-requests.ts';

/**
 * The part with traces, and with metrics for CloudWatch on `output`, where the settings want them. What sends traces is
 * loaded only then.
 */
export function observed<Needed extends Backing>(
  create: CreatePart<Needed>,
  output: { write(line: string): unknown },
): CreatePart<Needed> {
  return async (context) => {
    const service = await create(context);
    const { settings, version, opening } = context;
    const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
    if (endpoint !== undefined) {
      const { openTraces } = await import('./traces/open-traces.ts');
      opening.defer(openTraces({ endpoint, service: service.lifecycle.serviceName, version, settings }));
      traceRequests(service);
    }
    if (settings.DAYTRADE_CLOUDWATCH_METRICS) opening.defer(writeCloudWatchMetrics({ ...context, output, service }));
    return service;
  };
}
