import type { TradeDate } from '@daytrade/market';

/** What a repository is to remove. */
export interface PruneOptions {
  /** Only what is older than this instant, ISO 8601 in UTC. */
  readonly before: string;
  /** Whether only to say what would be removed. */
  readonly dryRun: boolean;
}

/** What is to be removed of that which belongs to sessions. */
export interface PruneSessionsOptions {
  /** Only what is of earlier sessions. */
  readonly before: TradeDate;
  /** Whether only to say what would be removed. */
  readonly dryRun: boolean;
}

/** Rows that one statement removes, so that it holds no lock for long. */
export const prunedAtOnce = 500;
