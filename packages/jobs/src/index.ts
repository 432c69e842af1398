export type { Clock, TimerHandle } from './clock.ts';
export { defineJob } from './define-job.ts';
export { type JobOutline, jobCatalogue } from './job-catalogue.ts';
export { BullMqQueue, type BullMqQueueOptions } from './queue/bullmq/bullmq-queue.ts';
export type { RedisAddress, RedisTls } from './queue/bullmq/redis-address.ts';
export { InProcessQueue, type InProcessQueueOptions } from './queue/in-process/in-process-queue.ts';
export { requestKey } from './queue/request-key.ts';
export type { EnqueueRequest, JobContext, JobDefinition, JobHandler, JobQueue } from './queue.ts';
export type {
  JsonObject,
  Run,
  RunChange,
  RunLedger,
  RunProgress,
  RunQuery,
  RunRoom,
  RunState,
  RunStatus,
  RunTrigger,
  UnfinishedRun,
} from './run.ts';
export { defaultJobs } from './schedule/default-jobs.ts';
export { describeSchedule } from './schedule/describe-schedule.ts';
export { dueTimes } from './schedule/due-times.ts';
export { ExecutionScheduler, type ExecutionSchedulerOptions } from './schedule/execution-scheduler.ts';
export {
  type MisfirePolicy,
  type Schedule,
  type ScheduledJob,
  type ScheduleType,
  type Weekday,
  weekdays,
} from './schedule/schedule.ts';
export { WorkerPool, type WorkerPoolOptions } from './workers/worker-pool.ts';
export type { TaskProgress, TasksOf, WorkerRunOptions, WorkerTaskContext } from './workers/worker-task.ts';
