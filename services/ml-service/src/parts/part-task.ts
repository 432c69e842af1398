import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { EnsembleOptions, EnsembleTasks } from '@daytrade/ensemble';
import type { InDayInput } from '../computation/fit.worker.ts';
import type { AskedUniverse } from '../members-by-date.ts';

interface OfTraining extends AskedUniverse {
  /** The symbols that the training was asked for; undefined: all. */
  readonly symbols: readonly string[] | undefined;
  /** SHA-256 of the daily bars that it is computed from, as `panelHash`. */
  readonly panelHash: string;
}

/** A fold of the walk-forward, or the final members, as {@link EnsembleTasks} has it; its dataset follows from bars. */
interface FoldPart extends OfTraining, Omit<EnsembleTasks['fold']['input'], 'dataset'> {
  readonly kind: 'fold';
}

/** The forecasts within the day. */
interface InDayPart extends OfTraining {
  readonly kind: 'within-day';
  readonly options: EnsembleOptions;
  /** Of what it needs beside the daily bars, by {@link withinDayHash}. */
  readonly withinDayHash: string;
}

/** What may be computed of a training on whichever worker is free. Plain, small data: it names its bars by a hash. */
export type PartTask = FoldPart | InDayPart;

/** Which part it is: equal for equal tasks only. */
export function partName(task: PartTask): string {
  return createHash('sha256').update(serialize(task)).digest('hex').slice(0, 32);
}

/** SHA-256 of what forecasts within the day are learned from beside the daily bars. */
export function withinDayHash({ path, overnight, vix }: Pick<InDayInput, 'path' | 'overnight' | 'vix'>): string {
  return createHash('sha256').update(serialize({ path, overnight, vix })).digest('hex');
}
