import type { RidgeModel } from '@daytrade/learners';
import type { DayNumber, InDayHorizon } from '@daytrade/market';
import { stretchPriors } from '../intervals/session-stretch.ts';
import type { MemberOptions } from '../members/member-options.ts';
import { type CompiledEnsembleOptions, compileOptions, type EnsembleOptions } from '../options.ts';
import type { EngineOptions } from '../time-order/time-order-engine.ts';

export interface HorizonCoefficients {
  /** ln of the mean of |y| / v, linear in the columns of the scale. */
  readonly scale: RidgeModel;
  /** Smallest and largest factor on the EWMA scale. */
  readonly bounds: { readonly least: number; readonly most: number };
  /** The 3.5 % and 96.5 % quantiles of y in units of its scale, around 0 or around the centre. */
  readonly ends: { readonly lower: number; readonly upper: number; readonly around?: 'centre' };
  /** z, or what it is beyond that of all symbols, linear in the columns of the centre. */
  readonly centre: RidgeModel;
}

/** One training of a walk-forward. */
export interface HorizonFold extends HorizonCoefficients {
  /** The first session that it forecasts; up to the next fold's. Its training ended before. */
  readonly from: DayNumber;
}

/** The trainings of one horizon, oldest first. The last one is on all sessions. */
export type HorizonModel = readonly HorizonFold[];

/**
 * The models of forecasts within the day; plain data, a part of an ensemble's file. It holds the trainings of the
 * walk-forward too, so that a forecaster can go through the past as it was forecast then and learn from its misses: no
 * state has to be kept.
 */
export interface InDayModel {
  /** Last session of the bars it was trained on. */
  readonly trainedTo: DayNumber;
  /** The models by horizon; absent where there was too little data. */
  readonly horizons: Partial<Readonly<Record<InDayHorizon, HorizonModel>>>;
}

/** The one member that gives the centre within the day. */
const members: readonly MemberOptions[] = [{ name: 'apart-from-the-market', kind: 'ridge', l2: 3000 }];

/**
 * Settings of a horizon within the day. The open has as many sessions as there are daily bars; 5-minute bars are few,
 * and a training on them takes a moment: so they are trained on after a month, and again each session while they are
 * few. An embargo would keep them from the newest days, and a label that ends with its session needs none.
 */
export function inDayOptions(
  horizon: InDayHorizon,
  options: EnsembleOptions,
  judgedSessions: number,
): CompiledEnsembleOptions {
  const few = needsFiveMinutes(horizon)
    ? { minimumTrainingSessions: 20, warmUpSessions: 20, retrainEvery: 1, embargo: 0 }
    : {};
  return compileOptions({ ...few, ...options, ...inDayEngineOptions(horizon), members }, judgedSessions);
}

/** Returns true for horizons that know 5-minute bars; the others know daily bars, and the session in America. */
export function needsFiveMinutes(horizon: InDayHorizon): boolean {
  return horizon !== 'close@08:30' && horizon !== 'close@open';
}

/** Returns the engine's options within the day: with 5-minute bars split conformal, as the sessions are few. */
export function inDayEngineOptions(horizon: InDayHorizon): EngineOptions {
  const method = needsFiveMinutes(horizon) ? 'ensemble-split' : 'ensemble-regime';
  return { combination: 'stacking', members, method, stretches: stretchPriors(horizon) };
}
