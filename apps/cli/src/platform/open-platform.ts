import { availableParallelism } from 'node:os';
import type { Settings } from '@daytrade/contracts';
import { createDataService } from '@daytrade/data-service';
import { InProcessQueue } from '@daytrade/jobs';
import { Computations, createMlService } from '@daytrade/ml-service';
import { createSchedulerService } from '@daytrade/scheduler-service';
import type { Logger, Service } from '@daytrade/service-kit';
import { openStores, type Stores } from '@daytrade/storage';
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
 * @throws DayTradeError `state.locked` naming the pid that holds the folder
 */
export async function openPlatform(settings: Settings, logger: Logger): Promise<Platform> {
  const clock = systemClock;
  const stores = await openStores({ folder: settings.DAYTRADE_STATE_DIR, purpose: 'daytrade', now: () => clock.now() });
  const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
  const queue = new InProcessQueue({
    ledger: stores.runs,
    clock,
    random: Math.random,
    concurrency: 4,
    onError: (error, run) => logger.error({ err: error, run: run.id, job: run.job }, 'a run could not be recorded'),
  });
  const shared = { settings, stores, queue, clock, logger };
  const data = await createDataService(shared);
  const ml = await createMlService({ ...shared, computations });
  const scheduler = await createSchedulerService(shared);
  const services = { data, ml, scheduler };
  return {
    stores,
    queue,
    services,
    close: async () => {
      await queue.stop(settings.DAYTRADE_DRAIN_SECONDS);
      await Promise.all(Object.values(services).map((service) => service.close()));
      await computations.close();
      await stores.close();
    },
  };
}
