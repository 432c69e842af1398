import type { ForecastExplanation, Importance } from '@daytrade/contracts';
import { type Matrix, type Model, modelContributions, type OwnModel } from '@daytrade/learners';
import type { SymbolCode } from '@daytrade/market';
import type { EnsembleModels } from '../members/ensemble-models.ts';
import { lessMean } from '../members/member-target.ts';
import type { ScaleHead } from '../members/scale-head.ts';
import {
  fallWidenings,
  isSignedReturn,
  marketReturn,
  raisesAfterRise,
  sharePastNarrowing,
  usualLog,
} from '../members/scale-rules.ts';
import { inBasisPoints } from '../metrics/interval-score.ts';

/** A value of each explained symbol as a sum: `base[i] + sum over f of contributions[f * symbols + i]`. */
export interface Explained {
  readonly base: Float64Array;
  /** Feature by feature. */
  readonly contributions: Float64Array;
}

/** Contributions of the features to the forecasts of one session. */
export interface Explanation {
  readonly names: readonly string[];
  /** Places of the explained symbols in the session: those with a forecast. */
  readonly rows: Int32Array;
  /** Contributions to the centre, log return. */
  readonly centre: Explained;
  /** Contributions to the logarithm of the factor on the EWMA scale, before its bounds. */
  readonly logScale: Explained;
}

/** A member with its factor in the published combination. */
export interface WeighedMember {
  readonly model: Model | OwnModel;
  /** Its forecasts by symbol of the session. */
  readonly centre: Float64Array;
  readonly factor: number;
  /** True when the forecasts of a session are taken relative to their mean. */
  readonly marketNeutral: boolean;
}

/**
 * Splits up the forecasts of one session: exact SHAP values of every model (see `modelContributions`), of the members
 * times their factor in the combination and the EWMA scale. Contributions to a market-neutral member are relative to
 * the mean over the symbols, as its forecast is. No approximation, so base and contributions add up to what is
 * published.
 */
export function explainSession(
  members: readonly WeighedMember[],
  scale: ScaleHead,
  matrix: Matrix,
  rows: Int32Array,
  ewma: Float64Array,
): Explanation {
  const scales = Float64Array.from(rows, (row) => ewma[row]!);
  const centre = emptyExplained(matrix, rows);
  for (const { model, centre: forecast, factor, marketNeutral } of members) {
    const explained =
      model.kind === 'own'
        ? unexplained(marketNeutral ? lessMean(forecast) : forecast, matrix, rows)
        : explainModel(model, matrix, rows);
    add(
      centre,
      marketNeutral && model.kind !== 'own' ? againstOthers(explained) : explained,
      scales.map((value) => value * factor),
    );
  }
  const one = scales.map(() => 1);
  const logScale = emptyExplained(matrix, rows);
  add(logScale, explainModel(scale.regression, matrix, rows), one);
  boundNarrowing(logScale, matrix.names, rows.length);
  add(logScale, explainModel(scale.trees, matrix, rows), one);
  addMarketRules(logScale, matrix, rows, usualLog(scale.regression));
  return { names: matrix.names, rows, centre, logScale };
}

/** Bounds what past returns with their sign take from the scale, each by the same share, as the scale head does. */
function boundNarrowing({ contributions }: Explained, names: readonly string[], symbols: number): void {
  const signed = names.flatMap((name, f) => (isSignedReturn(name) ? [f * symbols] : []));
  for (let i = 0; i < symbols; i += 1) {
    const share = sharePastNarrowing(signed.reduce((sum, place) => sum + contributions[place + i]!, 0));
    for (const place of signed) contributions[place + i]! *= share;
  }
}

/** Adds what a rise of the market holds, and what a fall of it widens, to what the market's return did. */
function addMarketRules({ base, contributions }: Explained, matrix: Matrix, rows: Int32Array, usual: number): void {
  const place = matrix.names.indexOf(marketReturn) * rows.length;
  const logs = base.slice();
  for (const [at, contribution] of contributions.entries()) logs[at % rows.length]! += contribution;
  const raises = raisesAfterRise(matrix, rows, logs, usual);
  for (const [i, widening] of fallWidenings(matrix, rows).entries()) {
    if (place >= 0) contributions[place + i]! += raises[i]! + Math.log(widening);
  }
}

function emptyExplained(matrix: Matrix, rows: Int32Array): Explained {
  return { base: new Float64Array(rows.length), contributions: new Float64Array(matrix.names.length * rows.length) };
}

function explainModel(model: Model, matrix: Matrix, rows: Int32Array): Explained {
  const { baseValue, contributions } = modelContributions(model, matrix, { rows });
  return { base: new Float64Array(rows.length).fill(baseValue), contributions: contributions.values };
}

/** A forecast of a member in a file of the user's, of which no feature's part is known. */
function unexplained(forecast: Float64Array, matrix: Matrix, rows: Int32Array): Explained {
  const { contributions } = emptyExplained(matrix, rows);
  return { base: Float64Array.from(rows, (row) => forecast[row]!), contributions };
}

/** Returns each symbol's difference from the others; the common base drops out. */
function againstOthers({ base, contributions }: Explained): Explained {
  const symbols = base.length;
  const against = new Float64Array(contributions.length);
  for (let from = 0; from < contributions.length; from += symbols) {
    against.set(lessMean(contributions.subarray(from, from + symbols)), from);
  }
  return { base: new Float64Array(symbols), contributions: against };
}

/** Adds what is explained, times a factor of each row. */
function add(explained: Explained, { base, contributions }: Explained, factors: Float64Array): void {
  for (const [i, factor] of factors.entries()) {
    explained.base[i]! += factor * base[i]!;
    for (let place = i; place < contributions.length; place += factors.length) {
      explained.contributions[place]! += factor * contributions[place]!;
    }
  }
}

/** The importance of one feature for the forecasts of a session. */
type FeatureImportance = Omit<Importance['features'][number], 'group' | 'description'>;

/**
 * Importance of every feature at the newest session, and the forecast of one symbol when it was asked for and has one.
 */
export type ImportanceReport = Omit<Importance, 'version' | 'synthetic' | 'features'> & {
  readonly features: readonly FeatureImportance[];
};

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
function gainShares(models: EnsembleModels['members'], weights: Float64Array, features: number): Float64Array {
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
