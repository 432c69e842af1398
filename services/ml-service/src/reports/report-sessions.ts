import type { ReportEntry } from '@daytrade/contracts';
import type { TradeDate } from '@daytrade/market';

/** Reports that are looked at for closes that came late. */
export const newestReports = 20;

/**
 * The earlier sessions whose newest report lacks closes, newest first: a close may have come since.
 *
 * @param listed newest first, as the repository lists them
 */
export function incompleteSessions(listed: readonly ReportEntry[], session: TradeDate): readonly TradeDate[] {
  return listed
    .filter((entry) => !entry.superseded && entry.session < session && entry.judged < entry.published)
    .map((entry) => entry.session);
}
