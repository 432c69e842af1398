import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber } from '@daytrade/market';
import { type BarRows, mapBars, type Panel } from './panel.ts';

/** Default export of a feature's file. The name of the feature is that of the file. */
export interface FeatureFile {
  readonly summary: string;
  /**
   * Returns a number for each bar of a symbol, oldest first, from that bar and earlier ones alone; NaN where it is
   * unknown.
   */
  readonly values: (bars: BarRows) => ArrayLike<number>;
}

/**
 * Makes a feature of the default export of a file.
 *
 * @throws DayTradeError `input.invalid` with what is wrong
 */
export function featureOfFile(name: string, exported: unknown): FeatureFile {
  const { summary, values } = (exported ?? {}) as Partial<FeatureFile>;
  if (typeof summary === 'string' && typeof values === 'function') return { summary, values };
  throw wrong(name, 'a default export with summary, a sentence, and values, a function; see docs/strategies.md');
}

/** Computes a feature for all symbols of a panel, each from its bars without gaps. */
export function ownColumn(panel: Panel, name: string, feature: FeatureFile): Float64Array {
  const column = new Float64Array(panel.close.length).fill(NaN);
  for (const rows of rowsBySymbol(panel)) {
    const values = valuesOf(name, feature, panel, rows);
    for (const [i, row] of rows.entries()) column[row] = values[i]!;
  }
  return column;
}

/** Symbols and newest bars of each by which a feature is audited. */
const audited = { symbols: 3, bars: 1000 } as const;

/**
 * Refuses a feature that depends on later bars. At each bar of a sample it is computed twice: from the bars up to it,
 * and from all. Nothing is computed from all bars before, so that the file cannot remember them.
 *
 * @throws DayTradeError `training.looks-ahead` with the first session whose values differ; `input.invalid` where no
 *   value is known
 */
export function auditFeature(panel: Panel, name: string, feature: FeatureFile): void {
  const longest = rowsBySymbol(panel).toSorted((a, b) => b.length - a.length);
  for (const rows of longest.slice(0, audited.symbols).map((all) => all.slice(-audited.bars))) {
    const early = rows.map((_, i) => valuesOf(name, feature, panel, rows.slice(0, i + 1))[i]!);
    const late = valuesOf(name, feature, panel, rows);
    const at = early.findIndex((value, i) => !isSame(value, late[i]!));
    if (at >= 0) throw looksAhead(panel, rows[at]!, name, [early[at]!, late[at]!]);
    if (late.every(Number.isNaN)) throw wrong(name, `values that are numbers; all ${late.length} of a symbol are NaN`);
  }
}

/**
 * Refuses a feature that is one number in all rows: nothing can be learned from it.
 *
 * @throws DayTradeError `input.invalid` with the number
 */
export function assertVaries(name: string, column: Float64Array): void {
  const known = column.filter((value) => !Number.isNaN(value));
  if (known.every((value) => value === known[0])) {
    throw wrong(name, `values that differ; all ${known.length} are ${known[0]}`);
  }
}

/** Returns whether two values are equal within rounding. */
export function isSame(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Calls the file with copies of bars; what is not a finite number of 32 bits is unknown. */
function valuesOf(name: string, { values: of }: FeatureFile, panel: Panel, rows: readonly number[]): readonly number[] {
  const values = of(mapBars(panel, (column) => Float64Array.from(rows, (row) => column[row]!))) as ArrayLike<unknown>;
  if (values?.length !== rows.length) {
    throw wrong(name, `values: one for each of the ${rows.length} bars, got ${values?.length ?? typeof values}`);
  }
  return Array.from(values, (value) =>
    typeof value === 'number' && Number.isFinite(Math.fround(value)) ? value : NaN,
  );
}

/** The rows of each symbol that have a bar, in order. */
function rowsBySymbol({ symbols, close }: Panel): readonly (readonly number[])[] {
  const bySymbol: number[][] = symbols.map(() => []);
  for (const [row, price] of close.entries()) if (!Number.isNaN(price)) bySymbol[row % symbols.length]!.push(row);
  return bySymbol;
}

function looksAhead({ symbols, days }: Panel, row: number, name: string, values: readonly number[]): DayTradeError {
  const { symbol } = symbols[row % symbols.length]!;
  const session = dateOfDayNumber(days[Math.floor(row / symbols.length)]!);
  const [early, late] = [`${values[0]} from the bars up to then`, `${values[1]} with later ones`];
  const message = `features/${name}.ts: for ${symbol} on ${session} it is ${early}, and ${late}`;
  return new DayTradeError('training.looks-ahead', message, { details: { session, symbol } });
}

function wrong(name: string, expected: string): DayTradeError {
  return new DayTradeError('input.invalid', `features/${name}.ts: expected ${expected}`);
}
