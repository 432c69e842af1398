export { databaseCheck } from './database-check.ts';
export { freshnessOf } from './freshness.ts';
export { hostProcess } from './host-process.ts';
export { logRunEnds, logRunStart } from './run-log.ts';
export { openSharedParts, type SharedParts } from './shared-parts.ts';
export { databaseOptions } from './shared-settings.ts';
export { traceRuns } from './traces/trace-runs.ts';
export { tracedFetch } from './traces/traced-fetch.ts';
