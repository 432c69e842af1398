export type { Clock, TimerHandle } from './clock.ts';
export { defineJob, jobCatalogue } from './job-catalogue.ts';
export { requestKey } from './queue/accept-run.ts';
export { InProcessQueue } from './queue/in-process-queue.ts';
export type { JobQueue } from './queue/ledger-queue.ts';
export { replayRun } from './queue/replay.ts';
export type { JobContext, JobDefinition } from './queue.ts';
export {
  claimOf,
  type Run,
  type RunChange,
  type RunLedger,
  type RunQuery,
  type RunRoom,
  type RunState,
  type UnfinishedRun,
  unfinishedStatuses,
} from './run.ts';
export { defaultJobs } from './schedule/default-jobs.ts';
export { dueTimes } from './schedule/due-times.ts';
export { ExecutionScheduler } from './schedule/execution-scheduler.ts';
export type { ScheduledJob, ScheduleState, ScheduleStore, ScheduleSwitch, StartableJob } from './schedule/schedule.ts';
export { jobsAsSet } from './schedule/set-job.ts';
