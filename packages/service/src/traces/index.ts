export { traceRuns } from './trace-runs.ts';
export { tracedFetch } from './traced-fetch.ts';
