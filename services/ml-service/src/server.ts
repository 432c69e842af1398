import { availableParallelism } from 'node:os';
import { type Clock, InProcessQueue } from '@daytrade/jobs';
import { drain, listen, runProcess } from '@daytrade/service-kit';
import { openStores } from '@daytrade/storage';
import { createMlService } from './app.ts';
import { Computations } from './computation/computations.ts';

const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** The process of this service alone; `daytrade up` runs all of them in one. */
await runProcess(process, async ({ settings, logger }) => {
  const stores = await openStores({
    folder: settings.DAYTRADE_STATE_DIR,
    purpose: 'ml-service',
    now: () => clock.now(),
  });
  const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
  const queue = new InProcessQueue({
    ledger: stores.runs,
    clock,
    random: Math.random,
    concurrency: 2,
    onError: (error, run) => logger.error({ err: error, run: run.id }, 'the queue failed'),
  });
  const service = await createMlService({ settings, stores, queue, computations, clock, logger });
  await queue.start();
  await listen(service, {
    host: settings.DAYTRADE_HOST,
    port: settings.DAYTRADE_ML_PORT,
    portSetting: 'DAYTRADE_ML_PORT',
  });
  return async () => {
    await drain(service, { drainSeconds: settings.DAYTRADE_DRAIN_SECONDS });
    await queue.stop(settings.DAYTRADE_DRAIN_SECONDS);
    await computations.close();
    await stores.close();
  };
});
