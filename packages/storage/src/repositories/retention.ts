import type { TradeDate } from '@daytrade/market';

/** Options of a removal by age. */
export interface PruneOptions {
  /** Removes only older entries; ISO 8601 in UTC. */
  readonly before: string;
  /** True only counts. */
  readonly dryRun: boolean;
}

/** Options of a removal by session. */
export interface PruneSessionsOptions {
  /** Removes only earlier sessions. */
  readonly before: TradeDate;
  /** True only counts. */
  readonly dryRun: boolean;
}
