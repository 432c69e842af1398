import type { LeakAlarm } from '@daytrade/contracts';
import type { Panel, SessionIndex } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt, sameValue } from '../audit-subject.ts';

const priceColumns = ['open', 'high', 'low', 'close'] as const;
type PriceColumn = (typeof priceColumns)[number];

/** A label that answers to one price of another session (or of its own). */
export interface LabelDependence {
  readonly t: SessionIndex;
  readonly column: PriceColumn;
  /** Sessions from the row to the price: 0 its own session, 1 the next. */
  readonly offset: number;
}

/** Finds which prices the label reads, by changing one price of one session and looking at which labels change. */
export function labelDependences({ pipeline, panel, label, probes }: AuditSubject): readonly LabelDependence[] {
  return probes.flatMap((changed) =>
    priceColumns.flatMap((column) => {
      const again = pipeline.label(withPriceChanged(panel, column, changed));
      const found: LabelDependence[] = [];
      for (let t = 0; t < panel.days.length; t += 1) {
        if (rowsDiffer(label, again, t, panel.symbols.length)) found.push({ t, column, offset: changed - t });
      }
      return found;
    }),
  );
}

/** Sessions from a row to the last price its label reads; 0 when it reads none ahead. */
export function labelHorizon(dependences: readonly LabelDependence[]): number {
  return dependences.reduce((horizon, { offset }) => Math.max(horizon, offset), 0);
}

/**
 * The label may begin with the close of its own session, the last thing the features know, and nothing earlier: a fill
 * at the day's open, or a return that has happened already, cannot be had any more. And it has to reach beyond that
 * close.
 */
export function checkLabel({ panel, probes }: AuditSubject, dependences: readonly LabelDependence[]): CheckResult {
  if (probes.length === 0) return skipped('label', `${panel.days.length} sessions are too few to change one`);
  const alarms: LeakAlarm[] = [];
  const early = dependences.find(({ offset, column }) => offset < 0 || (offset === 0 && column !== 'close'));
  if (early !== undefined) {
    const date = dateAt(panel, early.t);
    const read = early.offset === 0 ? 'the same session' : dateAt(panel, early.t + early.offset);
    const message = `label on ${date} reads the ${early.column} of ${read}, before the close that features end with`;
    alarms.push({ kind: 'label', column: 'label', firstSession: date, message });
  }
  if (labelHorizon(dependences) < 1) {
    const firstSession = dateAt(panel, probes[0]!);
    alarms.push({
      kind: 'label',
      column: 'label',
      firstSession,
      message: 'label reads no price after its own session',
    });
  }
  return checked('label', `${priceColumns.length} prices changed at ${probes.length} sessions`, alarms);
}

function withPriceChanged(panel: Panel, column: PriceColumn, t: SessionIndex): Panel {
  const prices = panel[column].slice();
  const symbols = panel.symbols.length;
  for (let row = t * symbols; row < (t + 1) * symbols; row += 1) prices[row] = prices[row]! * 1.01;
  return { ...panel, [column]: prices };
}

function rowsDiffer(a: Float64Array, b: Float64Array, t: number, symbols: number): boolean {
  for (let row = t * symbols; row < (t + 1) * symbols; row += 1) if (!sameValue(a[row]!, b[row]!)) return true;
  return false;
}
