export type { ClosedPair, PredictionPair, Traffic } from './canary-interval.ts';
export { type CanarySettings, usualCanary } from './canary-settings.ts';
export { judgeCoverage } from './criteria/coverage.ts';
export { type Decision, judgeCanary } from './judge-canary.ts';
export { CanaryCollector } from './measuring/canary-collector.ts';
export type { Ask } from './measuring/mirrored-requests.ts';
export { type CanaryOutcome, runCanary } from './run-canary.ts';
