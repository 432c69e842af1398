import type { Evaluation } from '@daytrade/contracts';
import type { EvaluationReport, JudgedForecast } from '@daytrade/ensemble';
import type { JudgedRow } from '@daytrade/storage';
import type { HashedUniverse } from './universe.ts';

/** Adds to the numbers of a report what only the service knows: identity, names, the data they were made from. */
export function toEvaluation(
  report: EvaluationReport,
  universe: HashedUniverse,
  identity: { readonly id: string; readonly madeAt: string },
): Evaluation {
  const names = new Map(universe.records.map((record) => [record.symbol, record.name]));
  return {
    ...report,
    ...identity,
    synthetic: universe.synthetic,
    dataHash: universe.dataHash,
    intervalMethods: [...report.intervalMethods],
    models: [...report.models],
    objective: [...report.objective],
    series: [...report.series],
    bySymbol: report.bySymbol.map((entry) => ({ ...entry, name: names.get(entry.symbol) ?? entry.symbol })),
  };
}

/** The judged intervals as the charts show them. */
export function toJudgedRows(judged: readonly JudgedForecast[], modelVersion: string): JudgedRow[] {
  return judged.map((forecast) => ({ ...forecast, modelVersion, source: 'walk-forward' }));
}
