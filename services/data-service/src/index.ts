export { createDataService } from './app.ts';
export type { DataServiceDependencies } from './dependencies.ts';
