import type { Comparison, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { compareImport } from './compare-import.ts';
import { comparePrediction } from './compare-prediction.ts';
import { compareUpdate } from './compare-update.ts';
import { type ScalePart, type ScaleSizes, scaleParts, scaleSizes } from './scale-sizes.ts';

const notes = [
  'Made-up bars of the synthetic exchange in CSV files, one a symbol, as a user brings them; one symbol in ten has ' +
    'two rows that the quality gate keeps out. The platform runs as a user runs it: `daytrade import` in a process ' +
    'of its own on an empty state folder, with its start, its database and one parquet file a year, each on the ' +
    'disk before the next. pandas reads the same files with one thread, judges each row by the same ' +
    'rules (prices, ranges, volumes, closed days, placeholders, duplicates, daily limits, share off the tick grid) ' +
    'in columns, and writes one parquet file sorted by symbol. Processor seconds are those of the whole process on ' +
    'both sides.',
  'The update is one file of all symbols with the rows of one day. The predicting model has learned from 20 of ' +
    'the symbols.',
  '`DAYTRADE_BENCH_SYMBOLS` names another number of symbols than 4,000, `DAYTRADE_BENCH_PARTS` the parts: ' +
    `${scaleParts.join(', ')}. What is made once lies in \`.cache/bench/scale\`.`,
];

type Measure = (context: SuiteContext, sizes: ScaleSizes) => Promise<readonly Comparison[]>;

const measures: Readonly<Record<ScalePart, Measure>> = {
  import: compareImport,
  update: compareUpdate,
  prediction: comparePrediction,
};

/** Measures import, update and prediction of ten years of 4,000 symbols. */
export async function measureScale(context: SuiteContext): Promise<SuiteFindings> {
  const sizes = scaleSizes(context);
  const comparisons: Comparison[] = [];
  for (const part of sizes.parts) comparisons.push(...(await measures[part](context, sizes)));
  const missing = scaleParts.filter((part) => !sizes.parts.includes(part));
  return {
    comparisons,
    tables: [],
    notes,
    skipped: missing.map((part) => `${part}: it was not asked for`),
  };
}
