import type { Comparison, SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { compareImport } from './compare-import.ts';
import { comparePrediction } from './compare-prediction.ts';
import { compareUpdate } from './compare-update.ts';
import { type ScalePart, type ScaleSizes, scaleParts, scaleSizes } from './scale-sizes.ts';

type Measure = (context: SuiteContext, sizes: ScaleSizes) => Promise<readonly Comparison[]>;

const measures: Readonly<Record<ScalePart, Measure>> = {
  import: compareImport,
  update: compareUpdate,
  prediction: comparePrediction,
};

/**
 * Measures import, update and prediction of ten years of 4,000 symbols: bars of the synthetic exchange in CSV files,
 * one a symbol, of which one in ten has two rows that the quality gate keeps out. The platform runs by its commands;
 * pandas reads the same files with one thread, judges each row by the same rules, and writes one parquet file sorted
 * by symbol.
 */
export async function measureScale(context: SuiteContext): Promise<SuiteFindings> {
  const sizes = scaleSizes(context);
  const comparisons: Comparison[] = [];
  for (const part of sizes.parts) comparisons.push(...(await measures[part](context, sizes)));
  const missing = scaleParts.filter((part) => !sizes.parts.includes(part));
  return { comparisons, skipped: missing.map((part) => `${part}: it was not asked for`) };
}
