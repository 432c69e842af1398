export { clockAt } from './clock-at.ts';
export { controlledHandler, jobOf, requestOf } from './controlled-handler.ts';
export { describeJobQueue } from './job-queue.suite.ts';
export { MemoryRunLedger } from './memory-run-ledger.ts';
export { queueOn } from './queue-on.ts';
