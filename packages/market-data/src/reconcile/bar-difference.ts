import type { TradeDate } from '@daytrade/market';

/**
 * What two sources differ in on a day: the factor between their prices changes as by a dividend, as by a split, or in
 * another way; single prices; the volume alone; one has no bar.
 */
export type DifferenceKind = 'ex-dividend' | 'split' | 'step' | 'price' | 'volume' | 'only-stored' | 'only-other';

/** One difference. */
export interface BarDifference {
  readonly date: TradeDate;
  readonly kind: DifferenceKind;
  /** In words, with the figures. */
  readonly message: string;
}
