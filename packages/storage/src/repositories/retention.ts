import type { TradeDate } from '@daytrade/market';

export interface PruneOptions {
  /** Removes only older entries; ISO 8601 in UTC. */
  readonly before: string;
  readonly dryRun: boolean;
}

export interface PruneSessionsOptions {
  /** Removes only earlier sessions. */
  readonly before: TradeDate;
  readonly dryRun: boolean;
}
