import type { LeakAlarm } from '@daytrade/contracts';
import { type Panel, type SessionIndex, slicePanel } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt } from '../audit-subject.ts';

/**
 * Chooses the rows again on the panel cut after each probed session: who takes part may not depend on what came later.
 */
export function checkUniverse({ pipeline, panel, probes }: AuditSubject): CheckResult {
  if (probes.length === 0) return skipped('universe', `${panel.days.length} sessions are too few to cut`);
  const whole = pipeline.universe(panel);
  let first: { readonly row: number; readonly cut: SessionIndex } | undefined;
  for (const cut of probes) {
    const again = pipeline.universe(slicePanel(panel, 0, cut + 1));
    const row = again.findIndex((member, r) => member !== whole[r]);
    if (row >= 0 && row < (first?.row ?? Infinity)) first = { row, cut };
  }
  const alarms = first === undefined ? [] : [alarmOf(panel, first, whole[first.row] === 1)];
  return checked('universe', `members of ${panel.days.length} sessions chosen again at ${probes.length} cuts`, alarms);
}

function alarmOf(
  panel: Panel,
  { row, cut }: { readonly row: number; readonly cut: SessionIndex },
  isTakenIn: boolean,
): LeakAlarm {
  const firstSession = dateAt(panel, Math.floor(row / panel.symbols.length));
  const { symbol } = panel.symbols[row % panel.symbols.length]!;
  const [later, known] = isTakenIn ? ['taken in', 'left out'] : ['left out', 'taken in'];
  const message =
    `universe on ${firstSession}: ${symbol} is ${known} by what is known on ${dateAt(panel, cut)}, and ${later} ` +
    'by what came after';
  return { kind: 'universe', column: 'universe', firstSession, symbol, message };
}
