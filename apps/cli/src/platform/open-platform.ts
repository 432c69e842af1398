import { availableParallelism } from 'node:os';
import type { Settings } from '@daytrade/contracts';
import { createDataService } from '@daytrade/data-service';
import type { DayTradeError } from '@daytrade/errors';
import { InProcessQueue } from '@daytrade/jobs';
import { Computations, createMlService } from '@daytrade/ml-service';
import { createSchedulerService } from '@daytrade/scheduler-service';
import { logRunEnds, logRunStart } from '@daytrade/service-host';
import type { Logger, Service } from '@daytrade/service-kit';
import { injectTransport, ServiceClient } from '@daytrade/service-kit/client';
import { openStores, type Stores } from '@daytrade/storage';
import { reportError } from '../output/report-error.ts';
import { version } from '../version.ts';
import type { Connection } from './connection.ts';
import { systemClock } from './system-clock.ts';

/** The three services on one state folder in this process, with the queue that works for them. */
export interface Platform {
  readonly stores: Stores;
  readonly queue: InProcessQueue;
  readonly services: { readonly data: Service; readonly ml: Service; readonly scheduler: Service };
  /** Lets runs finish for `DAYTRADE_DRAIN_SECONDS`, closes everything and gives the state folder free. */
  close(): Promise<void>;
}

/**
 * Puts the platform together on the state folder of the settings. Nothing listens and nothing runs yet.
 *
 * @param purpose the command, shown to whoever finds the folder in use
 * @throws DayTradeError `state.locked` naming the pid that holds the folder; `state.unwritable`, `state.damaged`
 */
export async function openPlatform(settings: Settings, logger: Logger, purpose: string): Promise<Platform> {
  const clock = systemClock;
  // What was opened is closed in reverse, the lock of the folder last, also when a step fails here or there.
  await using opening = new AsyncDisposableStack();
  const stores = await openStores({
    folder: settings.DAYTRADE_STATE_DIR,
    purpose,
    now: () => clock.now(),
    onLost: stopAtOnce,
  });
  opening.defer(() => stores.close());
  await warnOfNewerState(stores, settings.DAYTRADE_STATE_DIR);
  const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
  opening.defer(() => computations.close());
  const queue = new InProcessQueue({
    ledger: stores.runs,
    clock,
    random: Math.random,
    concurrency: 4,
    onStarted: logRunStart(logger),
    onError: (error, run) => logger.error({ err: error, runId: run.id, job: run.job }, 'a run could not be recorded'),
  });
  opening.defer(logRunEnds(queue, logger));
  const shared = { settings, version, stores, queue, clock, logger };
  const closing = (service: Service) => {
    opening.defer(() => service.close());
    return service;
  };
  const services = {
    data: closing(await createDataService(shared)),
    ml: closing(await createMlService({ ...shared, computations })),
    scheduler: closing(await createSchedulerService(shared)),
  };
  opening.defer(() => queue.stop(settings.DAYTRADE_DRAIN_SECONDS));
  const opened = opening.move();
  return { stores, queue, services, close: () => opened.disposeAsync() };
}

/** Migrations only add, so a state that a newer version wrote can be used; but what is new in it stays unused. */
async function warnOfNewerState(stores: Pick<Stores, 'schema'>, folder: string): Promise<void> {
  const { needed, found } = await stores.schema();
  if (found <= needed) return;
  const versions = `its tables are of version ${found}, this one knows ${needed}`;
  process.stderr.write(`warning: ${folder} was written by a newer day-trade (${versions}); update day-trade\n`);
}

/**
 * Whoever closes anything now writes into a folder that is another's: what was written down is enough, as after a
 * crash.
 */
function stopAtOnce(error: DayTradeError): never {
  process.exit(reportError(error, false, process));
}

/** Clients of the services in this process; whoever opened the platform closes it. */
export function clientsOf({ services }: Platform): Pick<Connection, 'data' | 'ml' | 'scheduler'> {
  return {
    data: new ServiceClient(injectTransport(services.data)),
    ml: new ServiceClient(injectTransport(services.ml)),
    scheduler: new ServiceClient(injectTransport(services.scheduler)),
  };
}
