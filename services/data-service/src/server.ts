import { type Clock, InProcessQueue } from '@daytrade/jobs';
import { drain, listen, runProcess } from '@daytrade/service-kit';
import { openStores } from '@daytrade/storage';
import { createDataService } from './app.ts';

const clock: Clock = {
  now: Date.now,
  setTimeout,
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** The process of this service alone; `daytrade up` runs all of them in one. */
await runProcess(process, async ({ settings, logger }) => {
  const stores = await openStores({
    folder: settings.DAYTRADE_STATE_DIR,
    purpose: 'data-service',
    now: () => clock.now(),
  });
  const queue = new InProcessQueue({
    ledger: stores.runs,
    clock,
    random: Math.random,
    concurrency: 1,
    onError: (error, run) => logger.error({ err: error, run: run.id }, 'the queue failed'),
  });
  const service = await createDataService({ settings, stores, queue, clock, logger });
  await queue.start();
  const address = {
    host: settings.DAYTRADE_HOST,
    port: settings.DAYTRADE_DATA_PORT,
    portSetting: 'DAYTRADE_DATA_PORT',
  };
  await listen(service, address);
  return async () => {
    await drain(service, { drainSeconds: settings.DAYTRADE_DRAIN_SECONDS });
    await queue.stop(settings.DAYTRADE_DRAIN_SECONDS);
    await stores.close();
  };
});
