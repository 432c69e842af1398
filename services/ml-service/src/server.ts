import { availableParallelism } from 'node:os';
import { hostService } from '@daytrade/service-host';
import { createMlService } from './app.ts';
import { Computations } from './computation/computations.ts';

/** The process of this service alone; `daytrade up` runs all of them in one. */
await hostService(process, {
  name: 'ml-service',
  portSetting: 'DAYTRADE_ML_PORT',
  concurrency: 2,
  clock: { now: Date.now, setTimeout, clearTimeout },
  random: Math.random,
  create: async (parts) => {
    const computations = new Computations(parts.settings.DAYTRADE_WORKERS ?? availableParallelism());
    parts.closing.defer(() => computations.close());
    return createMlService({ ...parts, computations });
  },
});
