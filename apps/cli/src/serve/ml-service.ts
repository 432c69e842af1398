import { availableParallelism } from 'node:os';
import { Computations, createMlService } from '@daytrade/ml-service';
import { hostProcess, openSharedParts } from '@daytrade/service-host';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';
import type { ServePart } from './serve-options.ts';

/** The routes of the ML service, with the threads that publish predictions at a request; what takes longer a worker does. */
export const serveMlService: ServePart = async (options) => {
  const { settings } = options;
  const shared = { ...options, version, clock: systemClock, random: Math.random, works: false };
  await hostProcess(
    {
      ...shared,
      portSetting: 'DAYTRADE_ML_PORT',
      open: async (opening) => {
        const parts = await openSharedParts(shared, opening);
        const computations = new Computations(settings.DAYTRADE_WORKERS ?? availableParallelism());
        opening.defer(() => computations.close());
        opening.defer(() => parts.queue.stop(0));
        return await createMlService({ ...shared, ...parts, computations });
      },
    },
    options.signal,
  );
};
