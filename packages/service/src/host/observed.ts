import { insightsConnection } from '@daytrade/contracts';
import { loadChosen } from '@daytrade/errors';
import type { InsightsIngestion } from '../traces/insights-ingestion.ts';
import { writeCloudWatchMetrics } from './cloudwatch-metrics.ts';
import { sendInsightsMetrics } from './insights-metrics.ts';
import type { Backing, CreatePart, HostContext, PartContext } from './open-host.ts';

/** Wraps the creation of a part. */
export type ObservePart = <Needed extends Backing>(create: CreatePart<Needed>) => CreatePart<Needed>;

export interface ObservedOptions {
  /** Service name of all parts in the traces; default: that of the first part. */
  readonly name?: string;
  /** Receives the metrics for CloudWatch, if the settings ask for them. */
  readonly output?: { write(line: string): unknown };
  /** Variables of the process, for its identity in Azure. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Sends metrics, and the traces of requests and runs, of the parts of a process if the settings ask for them. */
export function observed({ name, output, environment }: ObservedOptions): ObservePart {
  let opened: ReturnType<typeof openTelemetry> | undefined;
  return (create) => async (context) => {
    const service = await create(context);
    const { settings, opening } = context;
    opened ??= openTelemetry(name ?? service.lifecycle.serviceName, context, environment);
    const { traces, insights } = await opened;
    if (traces) {
      // Loaded only in a process with traces.
      const { traceRequests } = await import('../traces/spans.ts');
      traceRequests(service);
    }
    if (insights !== undefined) opening.defer(sendInsightsMetrics({ ...context, service }, insights));
    if (output !== undefined && settings.DAYTRADE_CLOUDWATCH_METRICS) {
      opening.defer(writeCloudWatchMetrics({ ...context, output, service }));
    }
    return service;
  };
}

/** Sends the traces of this process until its parts end, if the settings name a receiver. */
async function openTelemetry(
  service: string,
  context: PartContext & Backing,
  environment: ObservedOptions['environment'],
) {
  const { settings, version, opening, queue } = context;
  const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
  // Runs after the last traces and metrics, so that a pending token or batch does not keep the process alive.
  const ended = new AbortController();
  opening.defer(() => ended.abort());
  const insights = await insightsOf(context, environment, ended.signal);
  if (endpoint === undefined && insights === undefined) return { traces: false, insights };
  const { openTraces } = await loadChosen(
    'Traces',
    '@opentelemetry/sdk-trace',
    () => import('../traces/open-traces.ts'),
  );
  opening.defer(openTraces({ endpoint, insights, service, version, settings, logger: context.logger }));
  if (queue !== undefined) opening.defer((await import('../traces/spans.ts')).traceRuns(queue));
  return { traces: true, insights };
}

/** The resource of Azure Monitor; the slash is part of its name. */
const monitorResource = 'https://monitor.azure.com/';

/** Returns the Application Insights of the settings, with tokens of the process's identity. */
async function insightsOf(
  { settings }: HostContext,
  environment: ObservedOptions['environment'],
  signal: AbortSignal,
): Promise<InsightsIngestion | undefined> {
  const connection = insightsConnection(settings.DAYTRADE_TRACES_APPLICATION_INSIGHTS ?? '');
  if (connection === undefined) return undefined;
  const { EntraIdentity } = await import('../entra.ts');
  const identity = new EntraIdentity({ environment, signal });
  // Loads the library and requests a token before the first batch, which waits for two seconds only.
  identity.token(monitorResource).catch(() => undefined);
  return { connection, signal, token: async (withinMs) => (await identity.token(monitorResource, withinMs)).token };
}
