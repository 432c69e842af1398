export type { EnqueueRequest, JobContext, JobDefinition, JobHandler, JobQueue } from './queue.ts';
export type { JsonObject, Run, RunLedger, RunProgress, RunQuery, RunStatus, RunTrigger } from './run.ts';
