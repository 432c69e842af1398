// Worker threads without the queue and its schemas, which take longer to load than a thread needs to start.
export { WorkerPool } from './worker-pool.ts';
export type { TasksOf, WorkerRunOptions, WorkerTaskContext } from './worker-task.ts';
