import type { Settings } from '@daytrade/contracts';
import { createDashboard, ensureBuilt } from '@daytrade/dashboard';
import {
  assertMayListen,
  createLogger,
  drain,
  injectTransport,
  type ListenAddress,
  type Logger,
  listen,
  type Service,
  ServiceClient,
} from '@daytrade/service-kit';
import type { CommandContext } from '../command-context.ts';
import { duration } from '../output/format.ts';
import { fillEmptyState } from './fill-empty-state.ts';
import { openPlatform, type Platform } from './open-platform.ts';
import { removeRunningFile, writeRunningFile } from './running-file.ts';
import { StepLog } from './step-log.ts';
import { systemClock } from './system-clock.ts';

/** Runs the whole platform until the context's signal is aborted, then drains it. */
export async function runUp(context: CommandContext, options: { readonly synthetic: boolean }): Promise<void> {
  const { settings, terminal } = context;
  assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
  const log = new StepLog(terminal.stderr);
  const logger = createLogger({ level: settings.DAYTRADE_LOG_LEVEL });
  log.loaded();
  const platform = await log.step('open the state folder', () => openPlatform(settings, logger));
  let dashboard: Service | undefined;
  try {
    const page = await log.step('build the page', () => ensureBuilt());
    dashboard = await createDashboard({
      logger,
      version: '0.1.0',
      services: {
        data: injectTransport(platform.services.data),
        ml: injectTransport(platform.services.ml),
        scheduler: injectTransport(platform.services.scheduler),
      },
      assets: page.folder,
      token: settings.DAYTRADE_TOKEN,
    });
    const addresses = await log.step('listen', () => listenAll(platform, dashboard as Service, settings));
    writeRunningFile(settings.DAYTRADE_STATE_DIR, {
      pid: process.pid,
      startedAt: new Date(systemClock.now()).toISOString(),
      dashboard: addresses.dashboard.url,
      data: addresses.data.url,
      ml: addresses.ml.url,
      scheduler: addresses.scheduler.url,
    });
    await platform.queue.start();
    await fillEmptyState(context, connectionOf(platform), log, options);
    announce(context, addresses, log);
    await untilAborted(context.signal);
  } finally {
    await shutDown(platform, dashboard, settings, logger);
  }
}

function connectionOf(platform: Platform) {
  return {
    data: new ServiceClient(injectTransport(platform.services.data)),
    ml: new ServiceClient(injectTransport(platform.services.ml)),
    scheduler: new ServiceClient(injectTransport(platform.services.scheduler)),
    mode: 'running' as const,
    close: async () => undefined,
  };
}

type Addresses = Readonly<Record<'data' | 'ml' | 'scheduler' | 'dashboard', ListenAddress>>;

async function listenAll(platform: Platform, dashboard: Service, settings: Settings): Promise<Addresses> {
  const host = settings.DAYTRADE_HOST;
  const { data, ml, scheduler } = platform.services;
  return {
    ml: await listen(ml, { host, port: settings.DAYTRADE_ML_PORT, portSetting: 'DAYTRADE_ML_PORT' }),
    data: await listen(data, { host, port: settings.DAYTRADE_DATA_PORT, portSetting: 'DAYTRADE_DATA_PORT' }),
    scheduler: await listen(scheduler, {
      host,
      port: settings.DAYTRADE_SCHEDULER_PORT,
      portSetting: 'DAYTRADE_SCHEDULER_PORT',
    }),
    dashboard: await listen(dashboard, {
      host,
      port: settings.DAYTRADE_DASHBOARD_PORT,
      portSetting: 'DAYTRADE_DASHBOARD_PORT',
    }),
  };
}

function announce({ terminal, json, settings }: CommandContext, addresses: Addresses, log: StepLog): void {
  if (json) {
    const urls = Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, address.url]));
    terminal.stdout.write(`${JSON.stringify({ ready: true, seconds: log.totalSeconds, ...urls })}\n`);
    return;
  }
  terminal.stdout.write(`
day-trade is ready after ${duration(log.totalSeconds)}: ${addresses.dashboard.url}

  ML service         ${addresses.ml.url}
  data service       ${addresses.data.url}
  scheduler service  ${addresses.scheduler.url}
  state folder       ${settings.DAYTRADE_STATE_DIR}

Ctrl-C stops it.
`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function shutDown(
  platform: Platform,
  dashboard: Service | undefined,
  settings: Settings,
  logger: Logger,
): Promise<void> {
  removeRunningFile(settings.DAYTRADE_STATE_DIR);
  const drainSeconds = settings.DAYTRADE_DRAIN_SECONDS;
  const services = [...Object.values(platform.services), ...(dashboard === undefined ? [] : [dashboard])];
  await Promise.all(services.map((service) => drain(service, { drainSeconds })));
  await platform.close();
  logger.info('stopped');
}
