import type { DailyReport } from '@daytrade/contracts';
import { barsAge, type TradeDate } from '@daytrade/market';
import { newestBar, type Stores, type SymbolRecord } from '@daytrade/storage';

/** What is known of the session and the moment. */
export interface QualityQuestion {
  readonly session: TradeDate;
  readonly records: readonly SymbolRecord[];
  /** The report of an earlier session, whose rows are not new. */
  readonly before: DailyReport | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Rows that were kept out by reason, symbols without a bar of the session, and the age of the newest bar. */
export async function qualityOfSession(
  { quarantine }: Pick<Stores, 'quarantine'>,
  { session, records, before, now }: QualityQuestion,
): Promise<DailyReport['quality']> {
  const counts = await quarantine.counts();
  const newest = newestBar(records);
  return {
    reasons: counts.map(({ reason, severity, rows }) => {
      const known = before?.quality.reasons.find((entry) => entry.reason === reason && entry.severity === severity);
      // A file that was corrected has fewer rows than before: none of them is new.
      const added = before === undefined ? null : Math.max(0, rows - (known?.rows ?? 0));
      return { reason, severity, rows, added };
    }),
    symbols: records.length,
    stale: records
      .filter(({ lastDate }) => lastDate < session)
      .map(({ symbol, name, lastDate }) => ({ symbol, name, lastDate })),
    barsAge: newest === undefined ? null : barsAge(newest, now),
  };
}
