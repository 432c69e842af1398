import type { Evaluation, JudgedPrediction, SymbolAccuracy } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import type { LogReturnColumn, ResultsCalendar } from '@daytrade/series';

/** The facts of a judgement that only a service knows: its id, its horizon and its bars. */
type OfService = 'id' | 'madeAt' | 'horizon' | 'synthetic' | 'dataHash' | 'stretch' | 'own' | 'universe';

/** The walk-forward judgement as it is made, symbols by code alone. */
export type EvaluationReport = Omit<Evaluation, OfService | 'bySymbol'> & {
  readonly bySymbol: readonly SymbolReport[];
};

/** {@link SymbolAccuracy} by code alone. */
export type SymbolReport = Omit<SymbolAccuracy, 'name'>;

/**
 * One prediction made in time order, with what happened; the close is null when the session had no trade. Prices in
 * yen.
 */
export type JudgedForecast = Omit<JudgedPrediction, 'centre' | 'probabilityUp' | 'modelVersion' | 'source'> & {
  readonly symbol: SymbolCode;
  readonly centre: number;
  readonly probabilityUp: number;
};

/**
 * Data besides the bars of a panel. A report sorts what it judges by it, and intervals know the earnings dates. Each
 * part may be absent.
 *
 * Of the nights between the sessions it has at t what is known at 08:30 of session t + 1, NaN where it is not.
 */
export interface KnownBeside {
  /** Log return of New York. */
  readonly overnight?: LogReturnColumn | undefined;
  /** When companies announce their results. */
  readonly announced?: ResultsCalendar | undefined;
}
