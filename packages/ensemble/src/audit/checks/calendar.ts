import type { LeakAlarm } from '@daytrade/contracts';
import { dateOfDayNumber, isSession, nextSession } from '@daytrade/market';
import { type CheckResult, checked } from '../audit-report.ts';
import { type AuditSubject, dateAt } from '../audit-subject.ts';

/**
 * Each row must carry the date of the exchange session whose bars it ends with, and predict the next session of the
 * exchange: a row dated a day early is joined with what was known a day earlier, and is used a day before it can be
 * known.
 */
export function checkCalendar({ pipeline, panel }: AuditSubject): CheckResult {
  const { day, predictedDay } = pipeline.dates(panel);
  const alarms: LeakAlarm[] = [];
  const wrongDay = panel.days.findIndex((own, t) => day[t] !== own || !isSession(dateOfDayNumber(own)));
  if (wrongDay >= 0) {
    const firstSession = dateAt(panel, wrongDay);
    const message = describeDay(firstSession, day[wrongDay]!, panel.days[wrongDay]!);
    alarms.push({ kind: 'calendar', column: 'day', firstSession, message });
  }
  const wrongNext = panel.days.findIndex(
    (own, t) => dateOfDayNumber(predictedDay[t]!) !== nextSession(dateOfDayNumber(own)),
  );
  if (wrongNext >= 0) {
    const firstSession = dateAt(panel, wrongNext);
    const message =
      `the row of ${firstSession} predicts ${dateOfDayNumber(predictedDay[wrongNext]!)}, the next session is ` +
      `${nextSession(firstSession)}`;
    alarms.push({ kind: 'calendar', column: 'predicted_day', firstSession, message });
  }
  return checked('calendar', `dates of ${panel.days.length} sessions`, alarms);
}

function describeDay(session: string, dated: number, own: number): string {
  if (dated === own) return `the panel has bars on ${session}, on which the exchange was closed`;
  return `the row of the bars of ${session} is dated ${dateOfDayNumber(dated)}`;
}
