export { controlledHandler, type HandlerCall, jobOf, requestOf } from './controlled-handler.ts';
export { describeJobQueue, type MakeQueue } from './job-queue.suite.ts';
export { MemoryRunLedger } from './memory-run-ledger.ts';
