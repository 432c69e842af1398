import { insightsConnection } from '@daytrade/contracts';
import { loadChosen } from '@daytrade/errors';
import type { Service } from '../service.ts';
import type { TracesOptions } from '../traces/open-traces.ts';
import { writeCloudWatchMetrics } from './cloudwatch-metrics.ts';
import type { Backing, CreatePart, HostContext, PartContext } from './open-host.ts';

/**
 * Adds traces, and metrics for CloudWatch on `output`, to a part if the settings ask for them.
 *
 * @param environment variables of the process, for its identity in Azure
 */
export function observed<Needed extends Backing>(
  create: CreatePart<Needed>,
  output: { write(line: string): unknown },
  environment: Readonly<Record<string, string | undefined>>,
): CreatePart<Needed> {
  return async (context) => {
    const service = await create(context);
    const { settings, opening } = context;
    if (await sendTraces(service.lifecycle.serviceName, context, environment)) await requestsAreTraced(service);
    if (settings.DAYTRADE_CLOUDWATCH_METRICS) opening.defer(writeCloudWatchMetrics({ ...context, output, service }));
    return service;
  };
}

/**
 * Adds the traces of requests and runs to the parts of one process, sent together.
 *
 * @param name service name in the traces
 */
export function tracedTogether(name: string, environment: Readonly<Record<string, string | undefined>>): ObservePart {
  let sending: Promise<boolean> | undefined;
  return (create) => async (context) => {
    const service = await create(context);
    sending ??= sendTraces(name, context, environment).then(async (areSent) => {
      if (areSent && context.queue !== undefined) {
        const { traceRuns } = await import('../traces/spans.ts');
        context.opening.defer(traceRuns(context.queue));
      }
      return areSent;
    });
    if (await sending) await requestsAreTraced(service);
    return service;
  };
}

/** Wraps the creation of a part. */
export type ObservePart = <Needed extends Backing>(create: CreatePart<Needed>) => CreatePart<Needed>;

/** Loads the hooks only in a process with traces. */
async function requestsAreTraced(service: Service): Promise<void> {
  const { traceRequests } = await import('../traces/spans.ts');
  traceRequests(service);
}

/** Sends the traces of this process until its parts end. @returns false if no setting asks for it */
async function sendTraces(
  service: string,
  context: PartContext,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const { settings, version, opening } = context;
  const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
  // Runs after the last traces, so that a pending token or batch does not keep the process alive.
  const ended = new AbortController();
  opening.defer(() => ended.abort());
  const insights = await insightsOf(context, environment, ended.signal);
  if (endpoint === undefined && insights === undefined) return false;
  const { openTraces } = await loadChosen(
    'Traces',
    '@opentelemetry/sdk-trace',
    () => import('../traces/open-traces.ts'),
  );
  opening.defer(openTraces({ endpoint, insights, service, version, settings, logger: context.logger }));
  return true;
}

/** The resource of Azure Monitor; the slash is part of its name. */
const monitorResource = 'https://monitor.azure.com/';

/** Returns the Application Insights of the settings, with tokens of the process's identity. */
async function insightsOf(
  { settings }: HostContext,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<TracesOptions['insights']> {
  const connection = insightsConnection(settings.DAYTRADE_TRACES_APPLICATION_INSIGHTS ?? '');
  if (connection === undefined) return undefined;
  const { EntraIdentity } = await import('../entra.ts');
  const identity = new EntraIdentity({ environment, signal });
  // Loads the library and requests a token before the first batch, which waits for two seconds only.
  identity.token(monitorResource).catch(() => undefined);
  return { connection, signal, token: async (withinMs) => (await identity.token(monitorResource, withinMs)).token };
}
