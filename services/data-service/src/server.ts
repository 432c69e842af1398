import { hostService } from '@daytrade/service-host';
import { createDataService } from './app.ts';

/** The process of this service alone; `daytrade up` runs all of them in one. */
await hostService(process, {
  name: 'data-service',
  portSetting: 'DAYTRADE_DATA_PORT',
  concurrency: 1,
  clock: { now: Date.now, setTimeout, clearTimeout },
  random: Math.random,
  create: createDataService,
});
