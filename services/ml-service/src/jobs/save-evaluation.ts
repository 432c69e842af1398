import type { Evaluation, JudgedPrediction } from '@daytrade/contracts';
import { type EvaluationReport, type JudgedForecast, type JudgedForecasts, judgedBySymbol } from '@daytrade/ensemble';
import type { Horizon } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import type { HashedUniverse } from '../universe.ts';

/** What is said of a judgement beside its figures. */
interface Identity {
  readonly id: string;
  readonly madeAt: string;
  /** When the judged forecasts were made. */
  readonly horizon: Horizon;
  /** By which the judged intervals are found: of a model, or the id where no model was kept. */
  readonly modelVersion: string;
  /** Whether its last day was asked for: it never stands for the newest judgement. */
  readonly stretch: boolean;
}

/**
 * Keeps a judgement with its intervals, together with what only the service knows: names, and the bars they were made
 * from.
 */
export async function saveEvaluation(
  stores: Pick<Stores, 'evaluations'>,
  { records, synthetic, dataHash, set }: HashedUniverse,
  { report, judged }: { readonly report: EvaluationReport; readonly judged: JudgedForecasts },
  { id, madeAt, horizon, modelVersion, stretch }: Identity,
): Promise<Evaluation> {
  const names = new Map<string, string>(records.map(({ symbol, name }) => [symbol, name]));
  const bySymbol = report.bySymbol.map((entry) => ({ ...entry, name: names.get(entry.symbol) ?? entry.symbol }));
  const evaluation = { ...report, id, madeAt, horizon, stretch, synthetic, dataHash, bySymbol, universe: set };
  const archived = judgedBySymbol(judged).map(
    ([symbol, forecasts]) => [symbol, forecasts.map((forecast) => judgedPrediction(forecast, modelVersion))] as const,
  );
  await stores.evaluations.save(evaluation, archived);
  return evaluation;
}

function judgedPrediction({ symbol: _symbol, ...said }: JudgedForecast, modelVersion: string): JudgedPrediction {
  return { ...said, modelVersion, source: 'walk-forward' };
}
