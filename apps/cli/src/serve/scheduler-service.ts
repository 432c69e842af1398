import { createSchedulerService } from '@daytrade/scheduler-service';
import { hostProcess, openSharedParts } from '@daytrade/service-host';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';
import type { ServePart } from './serve-options.ts';

/** The clock of the exchange, and the record of the runs; what is due a worker does. */
export const serveSchedulerService: ServePart = async (options) => {
  const shared = { ...options, version, clock: systemClock, random: Math.random, works: false };
  await hostProcess(
    {
      ...shared,
      portSetting: 'DAYTRADE_SCHEDULER_PORT',
      open: async (opening) => {
        const parts = await openSharedParts(shared, opening);
        opening.defer(() => parts.queue.stop(0));
        return await createSchedulerService({ ...shared, ...parts });
      },
    },
    options.signal,
  );
};
