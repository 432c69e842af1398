export { createSchedulerService } from './app.ts';
export type { SchedulerServiceDependencies } from './dependencies.ts';
export { addRunEndMetrics } from './run-metrics.ts';
