import { slicePanel } from '@daytrade/series';
import type { AuditFindings } from '../audit-report.ts';
import { checkWithinDay } from './check-within-day.ts';
import { productWithinDay, type WithinDayBars } from './within-day-pipeline.ts';

/** Sessions at which what followed is changed. */
const probes = 4;

/** Newest sessions that are looked at: the columns are the same before, and each change takes a computation of all. */
const newestSessions = 300;

/**
 * Adds to the findings of an audit what the forecasts within the day know before its time.
 *
 * @example
 * const report = auditWithinDay(auditLeaks(productPipeline(), panel), { panel, bars });
 */
export function auditWithinDay(findings: AuditFindings, bars: WithinDayBars): AuditFindings {
  const { check, alarms } = checkWithinDay(productWithinDay, newest(bars), probes);
  return {
    ...findings,
    passed: findings.passed && check.outcome === 'passed',
    alarms: [...findings.alarms, ...alarms],
    checks: [...findings.checks, check],
  };
}

function newest({ panel, bars, overnight, vix }: WithinDayBars): WithinDayBars {
  const from = Math.max(0, panel.days.length - newestSessions);
  return {
    panel: slicePanel(panel, from, panel.days.length),
    bars,
    overnight: overnight?.subarray(from),
    vix: vix?.subarray(from),
  };
}
