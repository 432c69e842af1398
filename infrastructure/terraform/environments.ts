export { type EnvironmentName, environmentNames } from '../../packages/deployment/src/targets.ts';
