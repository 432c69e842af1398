import type { OwnFile } from '@daytrade/learners';
import { type DayNumber, dateOfDayNumber, type SymbolCode, type TradeDate } from '@daytrade/market';
import type { CalibrationState } from './combination/calibration-history.ts';
import { CentreCombiner } from './combination/centre-combiner.ts';
import type { InDayModel } from './in-day/in-day-model.ts';
import type { EnsembleModels } from './members/ensemble-models.ts';
import type { CompiledEnsembleOptions } from './options.ts';
import type { EngineState } from './time-order/time-order-engine.ts';

/** A trained ensemble; made by `trainEnsemble` or `deserialiseEnsemble`, used by `Forecaster`. Plain data. */
export interface Ensemble {
  readonly options: CompiledEnsembleOptions;
  /** First and last session of the bars it was trained on. */
  readonly trainedFrom: DayNumber;
  readonly trainedTo: DayNumber;
  /** Labelled rows that the members were fitted on. */
  readonly rows: number;
  readonly symbols: readonly SymbolCode[];
  /** The features that it learned from, in the order of the members' columns; it is given exactly these. */
  readonly features: readonly string[];
  /** Formulas of those of the platform by {@link formulaHashes}. */
  readonly formulas: readonly string[];
  /** Features in files of the user's: the last of them, computed by the texts that it was trained with. */
  readonly own?: readonly OwnFile[];
  readonly models: EnsembleModels;
  /** The state learned in time order up to the last session. */
  readonly state: EngineState;
  /** The calibration of the published combination's scores. */
  readonly calibration: CalibrationState;
  /** The models of forecasts within the day. */
  readonly inDay?: InDayModel;
}

export interface EnsembleSummary {
  readonly seed: number;
  readonly trainedFrom: TradeDate;
  readonly trainedTo: TradeDate;
  readonly symbols: readonly SymbolCode[];
  readonly rows: number;
  readonly features: readonly string[];
  /** Weights of the published combination after the training; they sum to 1. */
  readonly members: readonly { readonly name: string; readonly weight: number }[];
}

export function summariseEnsemble(ensemble: Ensemble): EnsembleSummary {
  const { members, combination, seed } = ensemble.options;
  const weights = new CentreCombiner(members.length, ensemble.state.combiner).weights(combination);
  return {
    seed,
    trainedFrom: dateOfDayNumber(ensemble.trainedFrom),
    trainedTo: dateOfDayNumber(ensemble.trainedTo),
    symbols: ensemble.symbols,
    rows: ensemble.rows,
    features: ensemble.features,
    members: members.map(({ name }, i) => ({ name, weight: weights[i]! })),
  };
}
