import { DayTradeError } from '@daytrade/errors';
import type { Yen } from './symbol-code.ts';
import { roundToTick, type TickTable } from './tick-size.ts';

/** Lowest and highest price at which a stock may trade on a day. */
export interface PriceLimitBand {
  readonly lower: Yen;
  readonly upper: Yen;
}

/**
 * Base prices below the first number (yen) may move by the second. Source: Japan Exchange Group, "Daily Price Limits",
 * the table in force since 2010-01-04.
 */
const limits: readonly (readonly [below: number, limit: number])[] = [
  [100, 30],
  [200, 50],
  [500, 80],
  [700, 100],
  [1_000, 150],
  [1_500, 300],
  [2_000, 400],
  [3_000, 500],
  [5_000, 700],
  [7_000, 1_000],
  [10_000, 1_500],
  [15_000, 3_000],
  [20_000, 4_000],
  [30_000, 5_000],
  [50_000, 7_000],
  [70_000, 10_000],
  [100_000, 15_000],
  [150_000, 30_000],
  [200_000, 40_000],
  [300_000, 50_000],
  [500_000, 70_000],
  [700_000, 100_000],
  [1_000_000, 150_000],
  [1_500_000, 300_000],
  [2_000_000, 400_000],
  [3_000_000, 500_000],
  [5_000_000, 700_000],
  [7_000_000, 1_000_000],
  [10_000_000, 1_500_000],
  [15_000_000, 3_000_000],
  [20_000_000, 4_000_000],
  [30_000_000, 5_000_000],
  [50_000_000, 7_000_000],
  [Number.POSITIVE_INFINITY, 10_000_000],
];

/**
 * Returns the yen by which a stock may move in a day from its base price (the previous close, or the last special
 * quote).
 *
 * @throws DayTradeError `market.price-invalid` when the base is not positive and finite
 */
export function dailyPriceLimit(baseYen: Yen): Yen {
  if (!(baseYen > 0 && Number.isFinite(baseYen))) {
    throw new DayTradeError('market.price-invalid', `base price: expected positive, finite yen, got ${baseYen}`);
  }
  let row = 0;
  while (baseYen >= limits[row]![0]) row++;
  return limits[row]![1];
}

/**
 * The band around a base price that {@link dailyPriceLimit} allows, never below 1 yen (or below a base that is lower).
 * With a tick table the bounds are prices that exist: off the grid, the exchange moves them outward (base 2,991 on the
 * standard table: 3,491 becomes 3,495).
 *
 * @param times how many ordinary limits wide it is on either side
 */
export function priceLimitBand(baseYen: Yen, table?: TickTable, times = 1): PriceLimitBand {
  const limit = times * dailyPriceLimit(baseYen);
  const upper = withoutNoise(baseYen + limit);
  const lower = Math.max(withoutNoise(baseYen - limit), Math.min(1, baseYen));
  if (table === undefined) return { lower, upper };
  return { lower: roundToTick(lower, table, 'down') || lower, upper: roundToTick(upper, table, 'up') };
}

/** 123.4 - 50 is 73.4, not 73.400000000000006: prices have at most four decimals. */
function withoutNoise(yen: number): number {
  return Math.round(yen * 1e4) / 1e4;
}
