import { type EnsembleOptions, ensembleTasks, trainInDay } from '@daytrade/ensemble';
import type { TrainInput } from './compute.worker.ts';

// The tasks of a training, for example the members of one fold; the threads below a training do nothing else.

type Tasks = typeof ensembleTasks;

export const features: Tasks['features'] = ensembleTasks.features;
export const fold: Tasks['fold'] = ensembleTasks.fold;
export const judgement: Tasks['judgement'] = ensembleTasks.judgement;

/** What forecasts within the day are learned from; it crosses into a thread. */
export interface InDayInput extends Pick<TrainInput, 'panel' | 'path' | 'overnight' | 'vix'> {
  readonly options: EnsembleOptions;
}

/** Trains every horizon within the day. */
export function withinDay({ options, ...bars }: InDayInput): ReturnType<typeof trainInDay> {
  return trainInDay(bars, options, () => undefined);
}
