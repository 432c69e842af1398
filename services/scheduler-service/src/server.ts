import { hostService } from '@daytrade/service-host';
import { createSchedulerService } from './app.ts';

/** The process of this service alone; `daytrade up` runs all of them in one. */
await hostService(process, {
  name: 'scheduler-service',
  portSetting: 'DAYTRADE_SCHEDULER_PORT',
  concurrency: 1,
  clock: { now: Date.now, setTimeout, clearTimeout },
  random: Math.random,
  create: createSchedulerService,
});
