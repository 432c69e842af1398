export { createMlService, registerMlJobs } from './app.ts';
export { Computations } from './computation/computations.ts';
