export { type CanarySettings, usualCanary } from './canary-settings.ts';
export { type Decision, judgeCanary } from './judge-canary.ts';
export { CanaryCollector } from './measuring/canary-collector.ts';
export type { Ask } from './measuring/mirrored-requests.ts';
export { runCanary } from './run-canary.ts';
