import type { Settings } from '@daytrade/contracts';
import { assertMayListen, drain, type Logger, listen, type Service } from '@daytrade/service-kit';
import { writeCloudWatchMetrics } from './cloudwatch/write-metrics.ts';
import { traceRequests } from './traces/trace-requests.ts';

/** The ports that a process can listen on. */
export type PortSetting =
  | 'DAYTRADE_ML_PORT'
  | 'DAYTRADE_DATA_PORT'
  | 'DAYTRADE_SCHEDULER_PORT'
  | 'DAYTRADE_WORKER_PORT'
  | 'DAYTRADE_DASHBOARD_PORT';

export interface HostProcessOptions {
  readonly settings: Settings;
  /** Of the program. */
  readonly version: string;
  readonly logger: Logger;
  readonly clock: { readonly now: () => number };
  readonly portSetting: PortSetting;
  /** Where CloudWatch lines go: standard output. */
  readonly output: { write(line: string): unknown };
  /** Opens everything and gives the service, which does not listen yet. What it opens it leaves to `opening` to close. */
  readonly open: (opening: AsyncDisposableStack) => Promise<Service>;
  /** Begins to work, once the service listens. */
  readonly start?: () => Promise<void>;
  /** Takes no more work and finishes what was begun, at the same time as the service drains. */
  readonly stop?: (drainSeconds: number) => Promise<void>;
}

/**
 * Runs one service in this process until the signal is aborted: listens, and then drains it. Readiness fails first, requests are served
 * on for `DAYTRADE_DRAIN_PAUSE_SECONDS`, then open ones get `DAYTRADE_DRAIN_SECONDS`; everything is closed in reverse.
 *
 * @throws DayTradeError `settings.invalid`, `service.port-in-use`
 */
export async function hostProcess(options: HostProcessOptions, signal: AbortSignal): Promise<void> {
  const { settings, logger, portSetting } = options;
  assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
  await using opening = new AsyncDisposableStack();
  const service = await options.open(opening);
  await trace(service, options, opening);
  await listen(service, { host: settings.DAYTRADE_HOST, port: settings[portSetting], portSetting });
  if (settings.DAYTRADE_CLOUDWATCH_METRICS) opening.defer(writeCloudWatchMetrics({ ...options, service }));
  await options.start?.();
  await untilAborted(signal);
  const drainSeconds = settings.DAYTRADE_DRAIN_SECONDS;
  await Promise.all([
    drain(service, { drainSeconds, pauseSeconds: settings.DAYTRADE_DRAIN_PAUSE_SECONDS }),
    options.stop?.(drainSeconds),
  ]);
  logger.flush();
}

/** Sends traces where the settings want them; who wants none does not load what sends them. */
async function trace(service: Service, options: HostProcessOptions, opening: AsyncDisposableStack): Promise<void> {
  const { settings, version } = options;
  const endpoint = settings.DAYTRADE_TRACES_ENDPOINT;
  if (endpoint === undefined) return;
  const { openTraces } = await import('./traces/open-traces.ts');
  opening.defer(openTraces({ endpoint, service: service.lifecycle.serviceName, version, settings }));
  traceRequests(service);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
