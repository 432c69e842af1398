import type { ResultsClass } from '@daytrade/series';
import { targetMiss } from './promise.ts';
import { conformalQuantile, SortedWindow } from './sorted-window.ts';

/** Stretch of each class before a row of it is known. */
const priors = { 'in-session': 1.45, 'after-last': 2.6 } as const;

/** Rows of a class that weigh as much as its prior. */
const priorRows = 100;

/** Newest rows of a class that its quantile is taken from. */
const windowRows = 1000;

/** A class that stretches intervals. */
type StretchedClass = keyof typeof priors;

const classes = Object.keys(priors) as StretchedClass[];

/** Newest needed stretches of each class, oldest first. */
export type StretchState = Readonly<Record<StretchedClass, Float64Array>>;

/**
 * The factor on intervals of sessions that a company's results move: for each class the 93 % quantile of the stretches
 * that its newest rows needed, of all symbols together, shrunk to a prior where they are few.
 */
export class ResultsStretch {
  readonly #needed: Readonly<Record<StretchedClass, SortedWindow>>;

  constructor(state?: StretchState) {
    this.#needed = byClass((name) => new SortedWindow(windowRows, state && [...state[name]]));
  }

  /** The factor of a class; 1 for a session without results, or a symbol without a source of them. */
  factor(name: ResultsClass | undefined): number {
    if (!isStretched(name)) return 1;
    const { sorted } = this.#needed[name];
    const quantile = conformalQuantile(sorted, targetMiss);
    // With too few rows for a quantile the largest stands for it.
    const own = quantile < Infinity ? quantile : (sorted.at(-1) ?? 0);
    return (sorted.length * own + priorRows * priors[name]) / (sorted.length + priorRows);
  }

  /** @param needed the stretch with which the interval of an outcome would just have held it */
  observe(name: ResultsClass | undefined, needed: number): void {
    if (isStretched(name) && Number.isFinite(needed)) this.#needed[name].push(needed);
  }

  state(): StretchState {
    return byClass((name) => Float64Array.from(this.#needed[name].arrival));
  }
}

function isStretched(name: ResultsClass | undefined): name is StretchedClass {
  return name !== undefined && name !== 'none';
}

function byClass<T>(make: (name: StretchedClass) => T): Record<StretchedClass, T> {
  return Object.fromEntries(classes.map((name) => [name, make(name)])) as Record<StretchedClass, T>;
}
