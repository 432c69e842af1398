import type { LeakAlarm } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import { mapBars, mapDividends, type Panel, type SessionIndex, slicePanel } from '@daytrade/series';
import { rankCorrelation } from '../metrics/ranks.ts';
import { type AuditSubject, type CheckResult, checked, dateAt, sameValue, skipped } from './audited-pipeline.ts';

/** The first difference of a column over all cuts. */
interface FirstDifference {
  readonly t: SessionIndex;
  readonly symbol: SymbolCode;
  /** The last session that was left when it differed. */
  readonly cut: SessionIndex;
}

/**
 * Computes the features again on the panel cut after each probed session, and compares every row that is left with the
 * same row of the whole panel: a feature that differs has read bars that its session did not have.
 */
export function checkLookAhead(subject: AuditSubject, progress: (fraction: number) => void): CheckResult {
  const { panel, matrix, probes } = subject;
  if (probes.length === 0) return skipped('look-ahead', `${panel.days.length} sessions are too few to cut`);
  const first = new Map<number, FirstDifference>();
  for (const [done, cut] of probes.entries()) {
    progress(done / probes.length);
    compareCut(subject, cut, first);
  }
  const alarms = [...first].map(([column, { t, symbol, cut }]): LeakAlarm => {
    const name = matrix.names[column]!;
    const date = dateAt(panel, t);
    const message = `${name} of ${symbol} on ${date} changes when the bars after ${dateAt(panel, cut)} are taken away`;
    return { kind: 'look-ahead', column: name, firstSession: date, symbol, message };
  });
  return checked('look-ahead', `${matrix.names.length} columns computed again at ${probes.length} cuts`, alarms);
}

function compareCut(
  { pipeline, panel, matrix }: AuditSubject,
  cut: SessionIndex,
  first: Map<number, FirstDifference>,
): void {
  const symbols = panel.symbols.length;
  const rows = (cut + 1) * symbols;
  const again = pipeline.features(slicePanel(panel, 0, cut + 1));
  for (let column = 0; column < matrix.names.length; column += 1) {
    const known = first.get(column)?.t ?? Infinity;
    for (let row = 0; row < rows && row < known * symbols; row += 1) {
      if (sameValue(matrix.values[column * matrix.rows + row]!, again.values[column * again.rows + row]!)) continue;
      first.set(column, { t: Math.floor(row / symbols), symbol: panel.symbols[row % symbols]!.symbol, cut });
      break;
    }
  }
}

/** Rounding of sums of restated prices, then to 32 bits: two of their steps, relative to a value of ordinary size. */
const tolerance = 2 ** -22;
const ordinary = 1e-3;

/**
 * Restates prices and volumes of every other symbol as a four-for-one split after the last session would, and computes
 * the features again. Adjusted prices of the past carry every later split and dividend, so a feature that answers to
 * their level has read what came after its session: no cut of a panel that was restated before it was handed in could
 * show that.
 */
export function checkRestatement({ pipeline, panel, matrix }: AuditSubject): CheckResult {
  if (panel.days.length === 0) return skipped('restatement', 'there is no session');
  const symbols = panel.symbols.length;
  const lastSession = dateAt(panel, panel.days.length - 1);
  const again = pipeline.features(splitFourForOne(panel));
  const alarms: LeakAlarm[] = [];
  for (const [column, name] of matrix.names.entries()) {
    const row = panel.close.findIndex(
      (_, r) => !nearlySame(matrix.values[column * matrix.rows + r]!, again.values[column * matrix.rows + r]!),
    );
    if (row < 0) continue;
    const firstSession = dateAt(panel, Math.floor(row / symbols));
    const { symbol } = panel.symbols[row % symbols]!;
    const message = `${name} of ${symbol} on ${firstSession} changes when a split after ${lastSession} restates prices`;
    alarms.push({ kind: 'restatement', column: name, firstSession, symbol, message });
  }
  return checked('restatement', `${matrix.names.length} columns computed again on prices restated by a split`, alarms);
}

/** A power of two changes no ratio of prices, not even by rounding, and so breaks no tie. */
function splitFourForOne(panel: Panel): Panel {
  const isSplit = (row: number) => (row % panel.symbols.length) % 2 === 0;
  const times = (column: Float64Array, factor: number) =>
    column.map((value, row) => (isSplit(row) ? value * factor : value));
  return {
    ...panel,
    ...mapBars(panel, (column, name) => times(column, name === 'volume' ? 4 : 1 / 4)),
    dividends: mapDividends(panel.dividends, (column) => times(column, 1 / 4)),
  };
}

function nearlySame(a: number, b: number): boolean {
  return sameValue(a, b) || Math.abs(a - b) <= tolerance * Math.max(ordinary, Math.abs(a), Math.abs(b));
}

/** Fewer sessions say nothing about a correlation: rows of one session share the market's move. */
const leastSessions = 60;

/** Largest plausible rank correlation of a feature with the label. */
const limit = 0.5;

/**
 * The rank correlation of each feature with the label. The best published forecasts reach about 0.05, so beyond 0.5
 * (and five standard errors, counting each session once) the feature holds the label, whatever way it came in.
 */
export function checkTarget(subject: AuditSubject): CheckResult {
  const { panel, matrix } = subject;
  const alarms: LeakAlarm[] = [];
  let examined = 0;
  for (const [column, name] of matrix.names.entries()) {
    const { feature, target, sessions, firstSession } = knownPairs(subject, column);
    if (sessions < leastSessions) continue;
    examined += 1;
    const correlation = rankCorrelation(feature, target);
    if (!(Math.abs(correlation) > Math.max(limit, 5 / Math.sqrt(sessions)))) continue;
    // Features have 32 bits, the label 64.
    const verb = feature.every((value, i) => value === Math.fround(target[i]!)) ? 'is the label' : 'follows the label';
    const message =
      `${name} ${verb}: rank correlation ${correlation.toFixed(3)} over ${feature.length} rows, up to ${limit} is ` +
      'plausible';
    alarms.push({ kind: 'target', column: name, firstSession: dateAt(panel, firstSession), message });
  }
  if (examined === 0) return skipped('target', `no column is known, with its label, in ${leastSessions} sessions`);
  return checked('target', `${examined} of ${matrix.names.length} columns against the label`, alarms);
}

/** The values of a column and of the label in the rows in which both are known, and the sessions these are of. */
function knownPairs({ panel, matrix, label }: AuditSubject, column: number) {
  const feature = new Float64Array(matrix.rows);
  const target = new Float64Array(matrix.rows);
  let count = 0;
  let sessions = 0;
  let firstSession = -1;
  let lastSession = -1;
  for (let row = 0; row < matrix.rows; row += 1) {
    const value = matrix.values[column * matrix.rows + row]!;
    if (Number.isNaN(value) || Number.isNaN(label[row]!)) continue;
    feature[count] = value;
    target[count] = label[row]!;
    count += 1;
    const t = Math.floor(row / panel.symbols.length);
    if (t === lastSession) continue;
    if (sessions === 0) firstSession = t;
    sessions += 1;
    lastSession = t;
  }
  return { feature: feature.subarray(0, count), target: target.subarray(0, count), sessions, firstSession };
}
