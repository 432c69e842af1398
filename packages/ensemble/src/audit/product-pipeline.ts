import { isDayTradeError } from '@daytrade/errors';
import { binMatrix, trainRidge } from '@daytrade/learners';
import { dateOfDayNumber, dayNumber, nextSession } from '@daytrade/market';
import { type FeatureMatrix, nextSessionLogReturn, type Panel } from '@daytrade/series';
import { type CompiledEnsembleOptions, compileOptions, type EnsembleOptions } from '../options.ts';
import { buildDataset } from '../walk-forward/dataset.ts';
import { type Fold, planFolds } from '../walk-forward/folds.ts';
import { planTimeRange } from '../walk-forward/time-range.ts';
import type { AuditedPipeline, AuditedSplit, ColumnStatistics, RowDates } from './audited-pipeline.ts';

/** The pipeline that trains and judges the ensemble: its dataset, its label, its walk-forward, with the options it is run with. */
export function productPipeline(options: EnsembleOptions = {}): AuditedPipeline {
  const compiled = compileOptions(options, 500);
  return {
    name: 'ensemble',
    embargo: compiled.embargo,
    features: datasetColumns,
    label: nextSessionLogReturn,
    dates: panelDates,
    splits: (panel) => walkForwardSplits(panel, compiled),
    scaler: learnedOfColumns,
  };
}

/** What the members see of a row: the features they are given, and the EWMA scale that outcomes are measured in. */
function datasetColumns(panel: Panel): FeatureMatrix {
  const { names, rows, values, scale } = buildDataset(panel);
  const all = new Float64Array(values.length + rows);
  all.set(values);
  all.set(scale, values.length);
  return { names: [...names, 'scale'], rows, values: all };
}

/** A row is dated by its bars; its label ends with the next session of the panel, which must be the exchange's next. */
function panelDates({ days }: Panel): RowDates {
  const afterLast = (t: number) => dayNumber(nextSession(dateOfDayNumber(days[t]!)));
  return { day: days, predictedDay: days.map((_, t) => days[t + 1] ?? afterLast(t)) };
}

function walkForwardSplits(panel: Panel, options: CompiledEnsembleOptions): readonly AuditedSplit[] {
  try {
    const { first, end } = planTimeRange(buildDataset(panel), options);
    return planFolds(first, end, options).map(sessionsOfFold);
  } catch (error) {
    if (isDayTradeError(error) && error.code === 'training.too-little-data') return [];
    throw error;
  }
}

function sessionsOfFold({ trainFrom, trainTo, predictFrom, predictTo }: Fold): AuditedSplit {
  return { training: indicesBetween(trainFrom, trainTo), test: indicesBetween(predictFrom, predictTo) };
}

function indicesBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** The linear members' means and the trees' edges of bins. */
function learnedOfColumns(matrix: FeatureMatrix, label: Float64Array, rows: Int32Array): ColumnStatistics {
  const labelled = rows.filter((row) => !Number.isNaN(label[row]!));
  const { means } = trainRidge({ l2: 1 }, { matrix, target: label, rows: labelled });
  return { mean: Array.from(means, (mean) => [mean]), edges: binMatrix(matrix, labelled).edges };
}
