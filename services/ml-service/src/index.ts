export { createMlService, registerMlJobs } from './app.ts';
export { replayPredictions } from './backups/replay-predictions.ts';
export { Computations } from './computation/computations.ts';
