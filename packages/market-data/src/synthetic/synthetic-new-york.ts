import { addDays, isNewYorkSession, lastNewYorkSession, nextSession, type TradeDate } from '@daytrade/market';
import type { MarketFactor } from './market-factor.ts';
import { RandomStream } from './random-stream.ts';

/** A closing value of an index, by the day in New York. */
export interface IndexClose {
  readonly date: TradeDate;
  readonly value: number;
}

/** How far the index goes with what the next night of Tokyo's market brings. */
const nightLoading = 1.1;
/** Deviation of what the index does beside it. */
const ownDeviation = 0.0085;
const firstValue = 10_000;

/**
 * An index of New York that does not exist. What it does in its last session before one of Tokyo is a part of what
 * moves Tokyo's market overnight, and says nothing of what comes after the open, as the Nasdaq does for the exchange
 * that exists. A longer series begins with the shorter one.
 *
 * @param placeOf place of a session on the path of the market, from 0
 * @param until last day in New York
 */
export function syntheticNewYork(
  seed: number,
  market: MarketFactor,
  placeOf: (session: TradeDate) => number,
  { start, until }: { readonly start: TradeDate; readonly until: TradeDate },
): readonly IndexClose[] {
  const random = new RandomStream(`${seed}/new-york`);
  const closes: IndexClose[] = [];
  let value = firstValue;
  for (let date = lastNewYorkSession(start); date <= until; date = addDays(date, 1)) {
    if (!isNewYorkSession(date)) continue;
    const tokyo = nextSession(date);
    const night = lastNewYorkSession(tokyo) === date ? market.at(placeOf(tokyo)).before[0]! : 0;
    value *= Math.exp(nightLoading * night + ownDeviation * random.normal());
    closes.push({ date, value: Math.round(value * 100) / 100 });
  }
  return closes;
}
