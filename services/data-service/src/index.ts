export { createDataService, registerDataJobs } from './app.ts';
export type { DataServiceDependencies } from './dependencies.ts';
