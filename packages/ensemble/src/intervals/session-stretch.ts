import { type DayNumber, dateOfDayNumber, dayNumber, type Horizon, horizonTime, nextSession } from '@daytrade/market';
import { eveningInstant, type ResultsCalendar, type ResultsClass, resultsClass } from '@daytrade/series';
import { targetMiss } from './promise.ts';
import { PooledWindow } from './score-windows.ts';

/**
 * A class of sessions whose intervals are stretched: those that a company's results move, and Mondays after a plain
 * weekend.
 */
export type StretchedClass = 'in-session' | 'after-last' | 'after-weekend';

/** The class of each symbol's forecast; undefined for an ordinary one. */
export type SessionClasses = readonly (StretchedClass | undefined)[];

/** Stretches of the classes before a row of them is known. */
export type StretchPriors = Readonly<Record<StretchedClass, number>>;

/** Priors of the evening. From 2015 to 2023 Mondays needed no stretch. */
const eveningPriors: StretchPriors = { 'in-session': 1.45, 'after-last': 2.6, 'after-weekend': 1 };

/** Priors by horizon, from the season of May 2025. The opening price knows most of the news of the night. */
const openPriors: StretchPriors = { ...eveningPriors, 'in-session': 2.6, 'after-last': 1.65 };
const morningPriors: StretchPriors = { ...eveningPriors, 'in-session': 3, 'after-last': 1.3 };
const afternoonPriors: StretchPriors = { ...eveningPriors, 'in-session': 1.2, 'after-last': 1.1 };

/** The first horizon at which most results of the session are out, also those without a time of day. */
const afternoon: Horizon = 'close@13:30';

export function stretchPriors(horizon: Horizon): StretchPriors {
  if (horizon === 'next-close' || horizon === 'close@08:30') return eveningPriors;
  if (horizon === 'close@open') return openPriors;
  return horizon < afternoon ? morningPriors : afternoonPriors;
}

/** Newest rows of a class of results that its quantile is taken from, and rows that weigh as much as its prior. */
const resultsRows = { window: 1000, prior: 100 } as const;

/** The same for Mondays, as sessions of all symbols: a year of them, set on 2015 to 2023. */
const weekendSessions = { window: 50, prior: 10 } as const;

const classes = Object.keys(eveningPriors) as StretchedClass[];

/** Newest needed stretches of each class, oldest first. */
export type StretchState = Readonly<Record<StretchedClass, Float64Array>>;

/**
 * The factor on the intervals of each class: the 93 % quantile of the stretches that its newest rows needed, over all
 * symbols, shrunk to a prior.
 */
export class SessionStretch {
  readonly #priors: StretchPriors;
  readonly #priorRows: StretchPriors;
  readonly #needed: Readonly<Record<StretchedClass, PooledWindow>>;

  constructor(symbols: number, priors: StretchPriors = eveningPriors, state?: StretchState) {
    const rowsOf = (name: StretchedClass, kind: 'window' | 'prior') =>
      name === 'after-weekend' ? weekendSessions[kind] * symbols : resultsRows[kind];
    this.#priors = priors;
    this.#priorRows = byClass((name) => rowsOf(name, 'prior'));
    this.#needed = byClass((name) => new PooledWindow(rowsOf(name, 'window'), state?.[name]));
  }

  factor(name: StretchedClass | undefined): number {
    if (name === undefined) return 1;
    const needed = this.#needed[name];
    const quantile = needed.quantile(targetMiss);
    // With too few rows for a quantile the largest stands for it.
    const own = quantile < Infinity ? quantile : (needed.largest ?? 0);
    const prior = this.#priorRows[name];
    return (needed.length * own + prior * this.#priors[name]) / (needed.length + prior);
  }

  /** @param needed the stretch with which the interval of an outcome would just have contained it */
  observe(name: StretchedClass | undefined, needed: number): void {
    if (name !== undefined && Number.isFinite(needed)) this.#needed[name].push(needed);
  }

  state(): StretchState {
    return byClass((name) => this.#needed[name].arrival());
  }
}

function byClass<T>(make: (name: StretchedClass) => T): Record<StretchedClass, T> {
  return Object.fromEntries(classes.map((name) => [name, make(name)])) as Record<StretchedClass, T>;
}

/** Returns what was known at the time of a forecast about results that move the session after `last`, by symbol. */
export function sessionResults(
  announced: ResultsCalendar,
  last: DayNumber,
  horizon: Horizon,
): readonly (ResultsClass | undefined)[] {
  const session = nextSession(dateOfDayNumber(last));
  const instant = horizon === 'next-close' ? eveningInstant(last) : horizonTime(session, horizon);
  return announced.map((own) => resultsClass(own, { predicted: dayNumber(session), last, instant }));
}

/** Returns the classes of the forecasts of the session after `last`. From the open on a weekend is in the price. */
export function sessionClasses(
  announced: ResultsCalendar | undefined,
  symbols: number,
  last: DayNumber,
  horizon: Horizon,
): SessionClasses {
  const isBeforeOpen = horizon === 'next-close' || horizon === 'close@08:30';
  const other = isBeforeOpen && isBeforeWeekend(last) ? 'after-weekend' : undefined;
  const results = announced && sessionResults(announced, last, horizon);
  return Array.from({ length: symbols }, (_, s) => {
    const own = results?.[s];
    return own === undefined || own === 'none' ? other : own;
  });
}

/** Returns true where exactly two days are closed before the next session. */
function isBeforeWeekend(last: DayNumber): boolean {
  return dayNumber(nextSession(dateOfDayNumber(last))) - last === 3;
}
