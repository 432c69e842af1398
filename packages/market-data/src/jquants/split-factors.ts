import type { PriceFactor } from '@daytrade/contracts';
import { isTradeDate } from '@daytrade/market';
import type { JQuantsRow } from './pages.ts';

/**
 * The splits and reverse splits among the rows of one symbol. The factor stands in the row of the ex-day, also where
 * nothing was traded, and is known then at the latest.
 */
export function splitFactors(rows: readonly JQuantsRow[]): readonly PriceFactor[] {
  return rows.flatMap(({ Date: date, AdjFactor: value }) => {
    if (typeof date !== 'string' || !isTradeDate(date) || !isFactor(value)) return [];
    return [{ date, kind: 'split' as const, value, knownOn: date, source: 'jquants' }];
  });
}

function isFactor(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value !== 1;
}
