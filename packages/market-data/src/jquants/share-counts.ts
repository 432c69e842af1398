import type { ShareCount } from '../provider.ts';
import type { JQuantsRow } from './pages.ts';
import { isDay, numberOf } from './wire-values.ts';

/**
 * The shares that reports (`/fins/summary`) have: issued without those that the company holds itself; none where a
 * report does not say, as one of a forecast.
 */
export function shareCounts(reports: readonly JQuantsRow[]): readonly ShareCount[] {
  return reports.flatMap(({ DiscDate: date, CurPerEn: periodEnd, ShOutFY: issued, TrShFY: own }) => {
    const shares = numberOf(issued) - (numberOf(own) || 0);
    if (!(shares > 0) || !isDay(date) || !isDay(periodEnd)) return [];
    return [{ date, periodEnd, shares, source: 'jquants' }];
  });
}
