export { type RunningPlatform, readRunningFile } from './platform/running-file.ts';
