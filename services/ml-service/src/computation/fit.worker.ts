import { ensembleTasks } from '@daytrade/ensemble';
import { ownMembers } from '../own/own-models.ts';

// Tasks of a training, for example the members of one fold.

type Tasks = typeof ensembleTasks;

export const features: Tasks['features'] = ensembleTasks.features;
export const fold = (input: Parameters<Tasks['fold']>[0]) => ensembleTasks.fold(input, ownMembers);
export const judgement: Tasks['judgement'] = ensembleTasks.judgement;
