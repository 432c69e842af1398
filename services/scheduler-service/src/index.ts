export { createSchedulerService } from './app.ts';
export { addRunEndMetrics } from './run-metrics.ts';
