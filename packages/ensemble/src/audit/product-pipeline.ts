import { isDayTradeError } from '@daytrade/errors';
import { binMatrix, predict, trainRidge } from '@daytrade/learners';
import { dateOfDayNumber, dayNumber, nextSession } from '@daytrade/market';
import { type FeatureMatrix, nextSessionLogReturn, type Panel } from '@daytrade/series';
import { buildDataset, predictableRows } from '../dataset.ts';
import { ewmaScale } from '../intervals/ewma-scale.ts';
import { type CompiledEnsembleOptions, compileOptions, type EnsembleOptions } from '../options.ts';
import { type Fold, planFolds, planTimeRange } from '../walk-forward/folds.ts';
import type { AuditedPipeline, AuditedSplit, ColumnStatistics, RowDates } from './audited-pipeline.ts';

/**
 * The pipeline that trains and judges the ensemble: its dataset, its label, its walk-forward, with the options it is
 * run with.
 */
export function productPipeline(options: EnsembleOptions = {}): AuditedPipeline {
  const compiled = compileOptions(options, 500);
  return {
    name: 'ensemble',
    embargo: compiled.embargo,
    features: datasetColumns,
    label: nextSessionLogReturn,
    dates: panelDates,
    universe: forecastRows,
    splits: (panel) => walkForwardSplits(panel, compiled),
    scaler: learnedOfColumns,
    forecast: ridgeForecast,
  };
}

/** The members' view of a row: the features, and the EWMA scale of the outcomes. */
function datasetColumns(panel: Panel): FeatureMatrix {
  const { names, rows, values, scale } = buildDataset(panel);
  const all = new Float32Array(values.length + rows);
  all.set(values);
  all.set(scale, values.length);
  return { names: [...names, 'scale'], rows, values: all };
}

/** A row is dated by its bars; its label ends with the next session of the panel, which must be the exchange's next. */
function panelDates({ days }: Panel): RowDates {
  const afterLast = (t: number) => dayNumber(nextSession(dateOfDayNumber(days[t]!)));
  return { day: days, predictedDay: days.map((_, t) => days[t + 1] ?? afterLast(t)) };
}

/** Every row that a forecast is made for; a training takes those of them that have a label. */
function forecastRows(panel: Panel): Uint8Array {
  const symbols = panel.symbols.length;
  const scale = ewmaScale(nextSessionLogReturn(panel), symbols);
  const members = new Uint8Array(panel.close.length);
  for (const row of predictableRows({ symbols, close: panel.close, scale }, 0, panel.days.length)) members[row] = 1;
  return members;
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

/** Newest training rows that a forecast for the audit is learned from; more would say the same more slowly. */
const enoughRows = 20_000;

/** The ridge, the member that is trained in a moment; the others are given the same rows and labels. */
function ridgeForecast(
  matrix: FeatureMatrix,
  label: Float64Array,
  training: Int32Array,
  judged: Int32Array,
): Float64Array {
  const rows = training.filter((row) => !Number.isNaN(label[row]!)).slice(-enoughRows);
  return predict(trainRidge({ l2: 1 }, { matrix, target: label, rows }), matrix, { rows: judged });
}
