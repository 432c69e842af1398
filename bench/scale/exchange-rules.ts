import { dailyPriceLimit, parseTradeDate, roundToTick, sessionsBetween } from '@daytrade/market';

/** What the peers judge rows by: the sessions of the exchange, and tables of [prices below, yen]. */
export interface ExchangeRules {
  readonly sessions: readonly string[];
  readonly limits: readonly (readonly [below: number, limit: number])[];
  readonly ticks: readonly (readonly [upTo: number, tick: number])[];
}

const steps = [1, 2, 3, 5, 7, 10, 15].map((step) => step * 100);
/** Prices at which limits and ticks may change, up to a million yen. */
const places = [0, 1, 2, 3].flatMap((power) => steps.map((step) => step * 10 ** power));

/** The rules of the platform itself, as tables. */
export function exchangeRules(): ExchangeRules {
  const rising = [...new Set(places)].sort((a, b) => a - b);
  return {
    sessions: sessionsBetween(parseTradeDate('2016-01-04'), parseTradeDate('2026-06-30')),
    limits: rising.map((below) => [below, dailyPriceLimit(below - 0.1)]),
    ticks: rising.map((upTo) => [upTo, tickBelow(upTo)]),
  };
}

/** The finest tick just below a price. */
function tickBelow(price: number): number {
  const off = price - 0.01;
  return Math.round(10 * (roundToTick(off, 'topix500', 'up') - roundToTick(off, 'topix500', 'down'))) / 10;
}
