export { canarySteps, planCanary } from './canary/canary-plan.ts';
export { MlPods } from './canary/ml-pods.ts';
export type { CanaryTrial, RunningCanary } from './canary/run-canary-release.ts';
export { changeRelease } from './change-release.ts';
export { endEveryChild } from './children.ts';
export { connect } from './cloud-cluster.ts';
export { cloudUpgrade } from './cloud-upgrade.ts';
export { Cluster, type Upgrade } from './cluster.ts';
export { DeploymentError, type DeploymentErrorKind } from './deployment-error.ts';
export { differsFromCode } from './drift.ts';
export { whileHeld } from './held.ts';
export { imageValues } from './image-values.ts';
export { describeLock, findLock, type Holder, type Processes, removeLock } from './lock.ts';
export { changedObjects } from './objects.ts';
export { applyPlan, guardPlan, makePlanFile, type Plan } from './plan.ts';
export type { Check } from './preflight/check.ts';
export { cloudPreflight } from './preflight/cloud-checks.ts';
export { clusterPreflight, preflight } from './preflight/preflight.ts';
export { ProgramFailure, Programs, type ProgramsOptions } from './programs.ts';
export { canaryRevision, servingRevision } from './release-history.ts';
export { type CanaryStep, type ReleaseRecord, readReleases, versionOf, versionTried } from './releases.ts';
export type { Surroundings } from './surroundings.ts';
export {
  type CloudName,
  cloudNames,
  type EnvironmentName,
  environmentNames,
  oneOf,
} from './targets.ts';
export { returnable, versionToReturnTo } from './versions.ts';
