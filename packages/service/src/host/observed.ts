import { insightsConnection } from '@daytrade/contracts';
import { loadChosen } from '@daytrade/errors';
import type { Service } from '../service.ts';
import type { TracesOptions } from '../traces/open-traces.ts';
import { writeCloudWatchMetrics } from './cloudwatch/write-metrics.ts';
import type { Backing, CreatePart, HostContext, PartContext } from './parts.ts';

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
    const { settings, opening } = context;
    if (await sendTraces(service.lifecycle.serviceName, context, environment)) await requestsAreTraced(service);
    if (settings.DAYTRADE_CLOUDWATCH_METRICS) opening.defer(writeCloudWatchMetrics({ ...context, output, service }));
    return service;
  };
}

/**
 * Parts of one process whose traces are sent together, of requests and of runs, where the settings want them.
 *
 * @param name under which they are shown
 * @param environment as of {@link observed}
 */
export function tracedTogether(name: string, environment: Readonly<Record<string, string | undefined>>): ObservePart {
  let sending: Promise<boolean> | undefined;
  return (create) => async (context) => {
    const service = await create(context);
    sending ??= sendTraces(name, context, environment).then(async (areSent) => {
      if (areSent && context.queue !== undefined) {
        const { traceRuns } = await import('../traces/trace-runs.ts');
        context.opening.defer(traceRuns(context.queue));
      }
      return areSent;
    });
    if (await sending) await requestsAreTraced(service);
    return service;
  };
}

/** Makes a part of which one more thing is seen. */
export type ObservePart = <Needed extends Backing>(create: CreatePart<Needed>) => CreatePart<Needed>;

/** Of most processes no setting wants traces, so that what makes them is not loaded. */
async function requestsAreTraced(service: Service): Promise<void> {
  const { traceRequests } = await import('../traces/trace-requests.ts');
  traceRequests(service);
}

/** Sends the traces of this process from now on, until its parts end. @returns whether the settings want it */
async function sendTraces(
  service: string,
  context: PartContext,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const { settings, version, opening } = context;
  const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
  // After the last traces: an attempt at a token, or a batch on its way, would keep the process from its end.
  const ended = new AbortController();
  opening.defer(() => ended.abort());
  const insights = await insightsOf(context, environment, ended.signal);
  if (endpoint === undefined && insights === undefined) return false;
  const { openTraces } = await loadChosen(
    'Traces',
    '@opentelemetry/sdk-trace',
    () => import('../traces/open-traces.ts'),
  );
  const log = { logger: context.logger, now: () => context.clock.now() };
  opening.defer(openTraces({ endpoint, insights, service, version, settings, log }));
  return true;
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
  const { EntraIdentity } = await import('../entra/index.ts');
  const identity = new EntraIdentity({ environment, now: () => clock.now(), signal });
  return { connection, signal, token: async (withinMs) => (await identity.token(monitorResource, withinMs)).token };
}
