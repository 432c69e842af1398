import type { PriceBasis } from '@daytrade/contracts';
import { roundToTick } from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { isPlausiblePrice, singlePrecision } from './row-rules.ts';

/** Share of prices off the tick grid above which prices cannot be those that were traded. */
const toleratedShareOffTick = 0.02;

/**
 * What the prices of a source are. The provider's word counts first (a CSV header with `adjclose` says split-adjusted).
 * Else they are 'traded' when they lie on the tick grid of the exchange, and 'fully-adjusted' when more than 2 % of
 * them do not (150.6999969 yen is 150.7 in single precision, in which some vendors keep prices). The narrow grid of
 * TOPIX500 is asked, since it is the finest there is and was.
 */
export function recognisePriceBasis(rows: SourceRows): PriceBasis {
  if (rows.priceBasis !== undefined) return rows.priceBasis;
  let prices = 0;
  let offTick = 0;
  for (const column of [rows.open, rows.high, rows.low, rows.close]) {
    for (const price of column) {
      if (!isPlausiblePrice(price)) continue;
      prices += 1;
      const distance = Math.abs(price - roundToTick(price, 'topix500', 'nearest'));
      if (distance > singlePrecision * price) offTick += 1;
    }
  }
  return offTick > toleratedShareOffTick * prices ? 'fully-adjusted' : 'traded';
}
