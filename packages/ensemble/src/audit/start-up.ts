import type { StartUpLength } from '@daytrade/contracts';
import { type FeatureMatrix, featureDefinitions, type Panel, slicePanel } from '@daytrade/series';
import type { AuditSubject } from './audit-subject.ts';

/** Relative difference below which an exponential memory counts as settled. */
const settledWithin = 1e-6;
const smallest = 1e-9;
/** Shares of the panel that are left out at its beginning. */
const beginnings = [0.25, 0.5] as const;

/**
 * Takes sessions away at the beginning of the panel and finds, for each column, how many bars of its own a symbol needs
 * until the column no longer knows the difference. Windows settle with their first value; exponential means take
 * longer.
 */
export function startUpLengths({ pipeline, panel, matrix }: AuditSubject): readonly StartUpLength[] {
  const starts = beginnings.map((share) => Math.floor(share * panel.days.length)).filter((start) => start > 0);
  if (starts.length === 0) return [];
  const cuts = starts.map((start) => {
    const later = slicePanel(panel, start, panel.days.length);
    return { later, matrix: pipeline.features(later), offset: start * panel.symbols.length };
  });
  const declared = new Map(featureDefinitions.map(({ name, lookback }) => [name, lookback]));
  return matrix.names.map((column, index) => {
    const needed = cuts.map((cut) => barsUntilSettled(matrix, index, cut));
    const settled = Math.max(...needed);
    return { column, declared: declared.get(column) ?? null, settled: Number.isFinite(settled) ? settled : null };
  });
}

/**
 * Bars before the first row from which on nothing differs, the most of all symbols; Infinity when the last row still
 * differs.
 */
function barsUntilSettled(
  whole: FeatureMatrix,
  column: number,
  { later, matrix, offset }: { readonly later: Panel; readonly matrix: FeatureMatrix; readonly offset: number },
): number {
  const symbols = later.symbols.length;
  const bars = new Int32Array(symbols);
  const needed = new Int32Array(symbols);
  for (let row = 0; row < matrix.rows; row += 1) {
    const symbol = row % symbols;
    if (!Number.isNaN(later.close[row]!)) bars[symbol]! += 1;
    const full = whole.values[column * whole.rows + offset + row]!;
    if (!settled(full, matrix.values[column * matrix.rows + row]!)) needed[symbol] = bars[symbol]!;
  }
  return needed.some((count, symbol) => count > 0 && count === bars[symbol]) ? Infinity : Math.max(0, ...needed);
}

function settled(whole: number, later: number): boolean {
  if (Number.isNaN(whole) || Number.isNaN(later)) return Number.isNaN(whole) && Number.isNaN(later);
  return Math.abs(whole - later) <= settledWithin * Math.max(smallest, Math.abs(whole));
}
