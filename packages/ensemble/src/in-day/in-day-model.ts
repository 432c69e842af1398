import type { RidgeModel } from '@daytrade/learners';
import type { DayNumber, InDayHorizon } from '@daytrade/market';

/** What one training learned for one horizon. */
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
 * What forecasts within the day are made from; plain data, a part of an ensemble's file. It holds the trainings of the
 * walk-forward too, so that a forecaster can go through the past as it was forecast then and learn from its misses: no
 * state has to be kept.
 */
export interface InDayModel {
  /** Last session of the bars it was trained on. */
  readonly trainedTo: DayNumber;
  /** By horizon; one without a model had too little data. */
  readonly horizons: Partial<Readonly<Record<InDayHorizon, HorizonModel>>>;
}
