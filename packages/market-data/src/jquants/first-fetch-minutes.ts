import { daysOfReports, type JQuantsPlan } from './plans.ts';

/** Master, calendar, who announces results, and the lists of files. */
const otherRequests = 5;
const sessionsPerDay = 245 / 365;
/** Of the month that is not over, about half of which is. */
const daysOfMonth = 11;

/**
 * About how many minutes the limit of a plan makes the first fetch of a number of symbols last, with the history that
 * the plan gives; at least one. The last of them leave within the minute that is not over then.
 */
export function firstFetchMinutes(plan: JQuantsPlan, symbols: number): number {
  const months = plan.historyYears * 12;
  const ofBars = plan.hasFiles ? Math.min(symbols, months + daysOfMonth) : symbols;
  const daysOfAll = daysOfReports * sessionsPerDay;
  const ofReports = Math.min(symbols, Math.round(plan.hasFiles ? daysOfReports / 30 + daysOfMonth : daysOfAll));
  const ofDividends = plan.hasDividends ? symbols : 0;
  const requests = ofBars + ofReports + ofDividends + otherRequests;
  return Math.max(1, Math.round(requests / plan.requestsPerMinute));
}
