import { ensembleTasks } from '@daytrade/ensemble';

// Tasks of a training, for example the members of one fold.

type Tasks = typeof ensembleTasks;

export const features: Tasks['features'] = ensembleTasks.features;
export const fold: Tasks['fold'] = ensembleTasks.fold;
export const judgement: Tasks['judgement'] = ensembleTasks.judgement;
