import { createDataService } from '@daytrade/data-service';
import { hostProcess, openSharedParts } from '@daytrade/service-host';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';
import type { ServePart } from './serve-options.ts';

/** The routes of the data service; what takes longer a worker does. */
export const serveDataService: ServePart = async (options) => {
  const shared = { ...options, version, clock: systemClock, random: Math.random, works: false };
  await hostProcess(
    {
      ...shared,
      portSetting: 'DAYTRADE_DATA_PORT',
      open: async (opening) => {
        const parts = await openSharedParts(shared, opening);
        opening.defer(() => parts.queue.stop(0));
        return await createDataService({ ...shared, ...parts });
      },
    },
    options.signal,
  );
};
