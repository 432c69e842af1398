export { createDataService, registerDataJobs } from './app.ts';
