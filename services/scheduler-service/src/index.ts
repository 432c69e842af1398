export { createSchedulerService } from './app.ts';
export { addRunEndMetrics } from './metrics.ts';
