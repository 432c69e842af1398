import type { Settings } from '@daytrade/contracts';
import { type Clock, InProcessQueue } from '@daytrade/jobs';
import { drain, type Logger, listen, type ProcessTarget, runProcess, type Service } from '@daytrade/service-kit';
import { openStores, type Stores } from '@daytrade/storage';

/** What a service is made from. */
export interface HostedParts {
  readonly settings: Settings;
  readonly stores: Stores;
  readonly queue: InProcessQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What else is closed when the process ends, after the service and before the stores. */
  readonly closing: AsyncDisposableStack;
}

export interface HostOptions {
  /** As it appears in log lines, metrics and in the lock of the state folder. */
  readonly name: string;
  readonly portSetting: 'DAYTRADE_ML_PORT' | 'DAYTRADE_DATA_PORT' | 'DAYTRADE_SCHEDULER_PORT';
  /** Runs at the same time. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Makes the app and registers its jobs on the queue. */
  readonly create: (parts: HostedParts) => Promise<Service>;
}

/**
 * Runs one service alone in this process: opens the state folder, starts the queue, listens, and drains at a signal.
 * (`daytrade up` runs all services in one process instead.)
 *
 * @example
 * await hostService(process, {
 *   name: 'data-service',
 *   portSetting: 'DAYTRADE_DATA_PORT',
 *   concurrency: 1,
 *   clock: { now: Date.now, setTimeout, clearTimeout },
 *   random: Math.random,
 *   create: createDataService,
 * });
 */
export async function hostService(target: ProcessTarget, options: HostOptions): Promise<void> {
  const { name, portSetting, concurrency, clock, random } = options;
  await runProcess(target, async ({ settings, logger }) => {
    await using opening = new AsyncDisposableStack();
    const stores = await openStores({ folder: settings.DAYTRADE_STATE_DIR, purpose: name, now: () => clock.now() });
    opening.defer(() => stores.close());
    const closing = opening.use(new AsyncDisposableStack());
    const queue = new InProcessQueue({
      ledger: stores.runs,
      clock,
      random,
      concurrency,
      onError: (error, run) => logger.error({ err: error, run: run.id, job: run.job }, 'a run could not be recorded'),
    });
    const drainSeconds = settings.DAYTRADE_DRAIN_SECONDS;
    const service = await options.create({ settings, stores, queue, clock, logger, closing });
    opening.defer(() => queue.stop(drainSeconds));
    opening.defer(() => drain(service, { drainSeconds }));
    await queue.start();
    await listen(service, { host: settings.DAYTRADE_HOST, port: settings[portSetting], portSetting });
    const opened = opening.move();
    return () => opened.disposeAsync();
  });
}
