import type { Model } from '@daytrade/learners';
import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { EnsembleModels } from '../members/ensemble-models.ts';
import { type BasisPoints, inBasisPoints } from '../metrics/interval-score.ts';
import type { Explained, Explanation } from './explanation.ts';

/** The importance of one feature for the forecasts of a session. */
export interface FeatureImportance {
  readonly name: string;
  /** Mean size, over the symbols, of what it adds to the centre. */
  readonly centreBp: BasisPoints;
  /** Mean size of what it adds to ln(scale): 0.01 widens or narrows an interval by 1 %. */
  readonly logScale: number;
  /** Share of all gain of the splits of the members' trees, and of the scale head's. */
  readonly centreGain: number;
  readonly scaleGain: number;
}

/** The contribution of one feature to one symbol's forecast. */
export interface FeatureContribution {
  readonly name: string;
  readonly centreBp: BasisPoints;
  readonly logScale: number;
}

/** One symbol's forecast as a sum over the features. */
export interface ForecastExplanation {
  readonly symbol: SymbolCode;
  /** The centre: `centreBaseBp` plus all `centreBp`. */
  readonly centreTotalBp: BasisPoints;
  readonly centreBaseBp: BasisPoints;
  /** ln(scale / EWMA scale) before its bounds: `logScaleBase` plus all `logScale`. */
  readonly logScaleTotal: number;
  readonly logScaleBase: number;
  readonly contributions: readonly FeatureContribution[];
}

/**
 * Importance of every feature at the newest session, and the forecast of one symbol when it was asked for and has one.
 */
export interface ImportanceReport {
  /** The newest session: the forecasts know nothing after its close. */
  readonly lastSession: TradeDate;
  readonly symbols: number;
  /** True when the fallback is published in place of what is explained here; see `SessionForecast`. */
  readonly demoted: boolean;
  readonly features: readonly FeatureImportance[];
  readonly forecast: ForecastExplanation | null;
}

/**
 * Mean size of the contributions by feature, beside the gain of the splits. Mean sizes compare trees and regressions;
 * gain knows trees only.
 */
export function featureImportance(
  { names, rows, centre, logScale }: Explanation,
  models: EnsembleModels,
  weights: Float64Array,
): readonly FeatureImportance[] {
  const centreGain = gainShares(models.members, weights, names.length);
  const scaleGain = gainShares([models.scale.trees], Float64Array.of(1), names.length);
  return names.map((name, f) => ({
    name,
    centreBp: inBasisPoints(meanSize(centre, f, rows.length)),
    logScale: meanSize(logScale, f, rows.length),
    centreGain: centreGain[f]!,
    scaleGain: scaleGain[f]!,
  }));
}

/** The forecast of the explained symbol at place `i`. */
export function forecastExplanation(explanation: Explanation, i: number, symbol: SymbolCode): ForecastExplanation {
  const { names, centre, logScale } = explanation;
  const contributions = names.map((name, f) => ({
    name,
    centreBp: inBasisPoints(contribution(centre, f, i)),
    logScale: contribution(logScale, f, i),
  }));
  const centreBaseBp = inBasisPoints(centre.base[i]!);
  const logScaleBase = logScale.base[i]!;
  return {
    symbol,
    centreTotalBp: contributions.reduce((sum, { centreBp }) => sum + centreBp, centreBaseBp),
    centreBaseBp,
    logScaleTotal: contributions.reduce((sum, part) => sum + part.logScale, logScaleBase),
    logScaleBase,
    contributions,
  };
}

function contribution({ base, contributions }: Explained, feature: number, i: number): number {
  return contributions[feature * base.length + i]!;
}

function meanSize(explained: Explained, feature: number, symbols: number): number {
  let sum = 0;
  for (let i = 0; i < symbols; i += 1) sum += Math.abs(contribution(explained, feature, i));
  return symbols === 0 ? 0 : sum / symbols;
}

/**
 * Gains of the models that are trees as shares that sum to 1, each model with its weight; all 0 when no tree has a
 * split.
 */
function gainShares(models: readonly Model[], weights: Float64Array, features: number): Float64Array {
  const shares = new Float64Array(features);
  for (const [place, model] of models.entries()) {
    if (model.kind !== 'trees') continue;
    const total = model.importance.reduce((sum, gain) => sum + gain, 0);
    if (total === 0) continue;
    for (const [f, gain] of model.importance.entries()) shares[f]! += (weights[place]! * gain) / total;
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? shares.map((share) => share / total) : shares;
}
