import type { Settings } from '@daytrade/contracts';
import { createDashboard, ensureBuilt } from '@daytrade/dashboard';
import {
  assertMayListen,
  drain,
  edgeOf,
  type ListenAddress,
  type ListenOptions,
  type Logger,
  listen,
  type Service,
} from '@daytrade/service-kit';
import { injectTransport } from '@daytrade/service-kit/client';
import type { CommandContext } from '../command-context.ts';
import { commandName } from '../output/called-as.ts';
import { duration } from '../output/format.ts';
import { version } from '../version.ts';
import type { Connection } from './connection.ts';
import { fillEmptyState } from './fill-empty-state.ts';
import { clientsOf, openPlatform, type Platform } from './open-platform.ts';
import { removeRunningFile, writeRunningFile } from './running-file.ts';
import { assertOneMachine } from './service-urls.ts';
import { StepLog } from './step-log.ts';
import { systemClock } from './system-clock.ts';
import { upLogger } from './up-logger.ts';

/**
 * Runs the whole platform until the context's signal is aborted, then drains it.
 *
 * @throws DayTradeError `state.locked` naming the first one's pid, `service.port-in-use`, `settings.invalid`, `run.cancelled`
 */
export async function runUp(context: CommandContext, options: { readonly synthetic: boolean }): Promise<void> {
  const { settings, terminal } = context;
  assertOneMachine(settings);
  assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
  const log = new StepLog(terminal.stderr);
  const logger = upLogger(context);
  log.loaded();
  await using opened = new AsyncDisposableStack();
  const platform = await log.step('open the state folder', () => openPlatform(settings, logger, 'daytrade up'));
  opened.defer(() => platform.close());
  const dashboard = await log.step('build the page', () => openDashboard(platform, settings, logger));
  const services = { ...platform.services, dashboard };
  opened.defer(() => drainAll(Object.values(services), settings.DAYTRADE_DRAIN_SECONDS));
  const addresses = await log.step('listen', () => listenAll(services, settings));
  publishAddresses(addresses, settings);
  opened.defer(() => removeRunningFile(settings.DAYTRADE_STATE_DIR));
  log.note('page', addresses.dashboard.url);
  await platform.queue.start();
  const connection: Connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  if (!context.signal.aborted) await fillEmptyState(context, connection, log, options);
  if (context.signal.aborted) return;
  announce(context, addresses, log.totalSeconds);
  await untilAborted(context.signal);
}

async function openDashboard({ services }: Platform, settings: Settings, logger: Logger): Promise<Service> {
  const { folder: assets } = await ensureBuilt();
  return createDashboard({
    logger,
    version,
    command: commandName,
    services: {
      data: injectTransport(services.data),
      ml: injectTransport(services.ml),
      scheduler: injectTransport(services.scheduler),
    },
    assets,
    ...edgeOf(settings),
  });
}

type ServiceName = 'ml' | 'data' | 'scheduler' | 'dashboard';
type Addresses = Readonly<Record<ServiceName, ListenAddress>>;

const portSettings = {
  ml: 'DAYTRADE_ML_PORT',
  data: 'DAYTRADE_DATA_PORT',
  scheduler: 'DAYTRADE_SCHEDULER_PORT',
  dashboard: 'DAYTRADE_DASHBOARD_PORT',
} as const satisfies Record<ServiceName, keyof Settings>;

async function listenAll(services: Readonly<Record<ServiceName, Service>>, settings: Settings): Promise<Addresses> {
  const optionsFor = (name: ServiceName): ListenOptions => {
    const portSetting = portSettings[name];
    return { host: settings.DAYTRADE_HOST, port: settings[portSetting], portSetting };
  };
  // One after another, so that the first port in use is the one that the message names. The scheduler begins to start jobs when it
  // listens, so it comes after the services that do them.
  return {
    ml: await listen(services.ml, optionsFor('ml')),
    data: await listen(services.data, optionsFor('data')),
    dashboard: await listen(services.dashboard, optionsFor('dashboard')),
    scheduler: await listen(services.scheduler, optionsFor('scheduler')),
  };
}

/** From now on the commands on this state folder find the services. */
function publishAddresses(addresses: Addresses, settings: Settings): void {
  writeRunningFile(settings.DAYTRADE_STATE_DIR, {
    pid: process.pid,
    startedAt: new Date(systemClock.now()).toISOString(),
    dashboard: addresses.dashboard.url,
    data: addresses.data.url,
    ml: addresses.ml.url,
    scheduler: addresses.scheduler.url,
  });
}

function announce({ terminal, json, settings }: CommandContext, addresses: Addresses, seconds: number): void {
  if (json) {
    const urls = Object.fromEntries(Object.entries(addresses).map(([name, address]) => [name, address.url]));
    terminal.stdout.write(`${JSON.stringify({ ready: true, seconds, ...urls })}\n`);
    return;
  }
  terminal.stdout.write(`
day-trade is ready after ${duration(seconds)}: ${addresses.dashboard.url}

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

async function drainAll(services: readonly Service[], drainSeconds: number): Promise<void> {
  await Promise.all(services.map((service) => drain(service, { drainSeconds })));
}
