import { insightsConnection } from '@daytrade/contracts';
import { loadChosen } from '@daytrade/errors';
import { writeCloudWatchMetrics } from './cloudwatch/write-metrics.ts';
import type { Backing, CreatePart, HostContext } from './parts.ts';
import type { TracesOptions } from './traces/open-traces.ts';
import { traceRequests } from './traces/trace-requests.ts';

/**
 * The part with traces, and with metrics for CloudWatch on `output`, where the settings want them. What sends traces is
 * loaded only then.
 *
 * @param environment of the process, where Azure says how it proves who it is
 */
export function observed<Needed extends Backing>(
  create: CreatePart<Needed>,
  output: { write(line: string): unknown },
  environment: Readonly<Record<string, string | undefined>>,
): CreatePart<Needed> {
  return async (context) => {
    const service = await create(context);
    const { settings, version, opening } = context;
    const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
    // After the last traces: an attempt at a token, or a batch on its way, would keep the process from its end.
    const ended = new AbortController();
    opening.defer(() => ended.abort());
    const insights = await insightsOf(context, environment, ended.signal);
    if (endpoint !== undefined || insights !== undefined) {
      const { openTraces } = await loadChosen(
        'Traces',
        '@opentelemetry/sdk-trace',
        () => import('./traces/open-traces.ts'),
      );
      const name = service.lifecycle.serviceName;
      const log = { logger: context.logger, now: () => context.clock.now() };
      opening.defer(openTraces({ endpoint, insights, service: name, version, settings, log }));
      traceRequests(service);
    }
    if (settings.DAYTRADE_CLOUDWATCH_METRICS) opening.defer(writeCloudWatchMetrics({ ...context, output, service }));
    return service;
  };
}

/** Azure Monitor, as Entra knows it; the slash is a part of the name. */
const monitorResource = 'https://monitor.azure.com/';

/** The Application Insights of the settings, which the process signs in to by its identity. */
async function insightsOf(
  { settings, clock }: HostContext,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<TracesOptions['insights']> {
  const connection = insightsConnection(settings.DAYTRADE_TRACES_APPLICATION_INSIGHTS ?? '');
  if (connection === undefined) return undefined;
  const { EntraIdentity } = await import('@daytrade/service-kit/entra');
  const identity = new EntraIdentity({ environment, now: () => clock.now(), signal });
  return { connection, signal, token: async (withinMs) => (await identity.token(monitorResource, withinMs)).token };
}
