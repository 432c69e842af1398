import type { Evaluation, JudgedPrediction, MemberReport, SymbolAccuracy } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';

/** What only a service knows of a judgement: which one it is, of which horizon, and of which bars. */
type OfService = 'id' | 'madeAt' | 'horizon' | 'synthetic' | 'dataHash' | 'stretch' | 'universe';

/** With every field: those of older judgements may lack some. */
type Complete<Report> = { readonly [Field in keyof Report]-?: Exclude<Report[Field], undefined> };

/** The walk-forward judgement as it is made, symbols by code alone. */
export type EvaluationReport = Complete<Omit<Evaluation, OfService | 'seeds' | 'models' | 'bySymbol'>> &
  Pick<Evaluation, 'seeds'> & {
    readonly models: readonly (Complete<Omit<MemberReport, 'directionSkilled'>> &
      Pick<MemberReport, 'directionSkilled'>)[];
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
