import { describe, expect, it } from 'vitest';
import { type Bar, type FillRules, fillPrice } from './bar-fill.ts';
import type { Order, OrderTime, OrderType, Side } from './order.ts';
import { type Liquidity, walkSession } from './walk-session.ts';

/** Daily limits 900 and 1,100 around a base of 1,000, and a tick of 1 yen. */
const rules: FillRules = { lower: 900, upper: 1_100, above: (price) => price + 1, below: (price) => price - 1 };
const none = NaN;

type Candle = readonly [open: number, high: number, low: number, close: number];
type FillCase = readonly [number, Side, OrderType, OrderTime, price: number | undefined, Candle, expected: number];

function bar([open, high, low, close]: Candle): Bar {
  return { open, high, low, close, volume: 100_000 };
}

const fillCases: readonly FillCase[] = [
  // Market orders: at the price of their auction, never at the limit that all want.
  [1, 'buy', 'market', 'open', undefined, [1_000, 1_020, 990, 1_010], 1_000],
  [2, 'sell', 'market', 'open', undefined, [1_000, 1_020, 990, 1_010], 1_000],
  [3, 'buy', 'market', 'close', undefined, [1_000, 1_020, 990, 1_010], 1_010],
  [4, 'sell', 'market', 'close', undefined, [1_000, 1_020, 990, 1_010], 1_010],
  [5, 'buy', 'market', 'open', undefined, [1_100, 1_100, 1_100, 1_100], none],
  [6, 'sell', 'market', 'open', undefined, [1_100, 1_100, 1_100, 1_100], 1_100],
  [7, 'sell', 'market', 'open', undefined, [900, 900, 900, 900], none],
  [8, 'buy', 'market', 'open', undefined, [900, 900, 900, 900], 900],
  [9, 'buy', 'market', 'close', undefined, [1_000, 1_100, 1_000, 1_100], none],
  [10, 'sell', 'market', 'close', undefined, [1_000, 1_000, 900, 900], none],
  [11, 'sell', 'market', 'close', undefined, [1_000, 1_100, 1_000, 1_100], 1_100],
  [12, 'buy', 'market', 'close', undefined, [1_000, 1_000, 900, 900], 900],
  // Limits in the opening auction.
  [13, 'buy', 'limit', 'open', 1_001, [1_000, 1_020, 990, 1_010], 1_000],
  [14, 'buy', 'limit', 'open', 1_000, [1_000, 1_020, 990, 1_010], none],
  [15, 'buy', 'limit', 'open', 995, [1_000, 1_020, 990, 1_010], none],
  [16, 'sell', 'limit', 'open', 999, [1_000, 1_020, 990, 1_010], 1_000],
  [17, 'sell', 'limit', 'open', 1_000, [1_000, 1_020, 990, 1_010], none],
  [18, 'sell', 'limit', 'open', 1_010, [1_000, 1_020, 990, 1_010], none],
  [19, 'buy', 'limit', 'open', 950, [905, 920, 903, 910], 905],
  [20, 'sell', 'limit', 'open', 1_050, [1_090, 1_095, 1_080, 1_085], 1_090],
  // Limits in the closing auction.
  [21, 'buy', 'limit', 'close', 1_011, [1_000, 1_020, 990, 1_010], 1_010],
  [22, 'buy', 'limit', 'close', 1_010, [1_000, 1_020, 990, 1_010], none],
  [23, 'sell', 'limit', 'close', 1_009, [1_000, 1_020, 990, 1_010], 1_010],
  [24, 'sell', 'limit', 'close', 1_010, [1_000, 1_020, 990, 1_010], none],
  // Limits in the session: traded through, or not at all.
  [25, 'buy', 'limit', 'day', 991, [1_000, 1_020, 990, 1_010], 991],
  [26, 'buy', 'limit', 'day', 990, [1_000, 1_020, 990, 1_010], none],
  [27, 'buy', 'limit', 'day', 989, [1_000, 1_020, 990, 1_010], none],
  [28, 'buy', 'limit', 'day', 1_005, [1_000, 1_020, 990, 1_010], 1_000],
  [29, 'sell', 'limit', 'day', 1_019, [1_000, 1_020, 990, 1_010], 1_019],
  [30, 'sell', 'limit', 'day', 1_020, [1_000, 1_020, 990, 1_010], none],
  [31, 'sell', 'limit', 'day', 1_021, [1_000, 1_020, 990, 1_010], none],
  [32, 'sell', 'limit', 'day', 995, [1_000, 1_020, 990, 1_010], 1_000],
  [33, 'buy', 'limit', 'day', 1_100, [1_100, 1_100, 1_100, 1_100], none],
  [34, 'sell', 'limit', 'day', 900, [900, 900, 900, 900], none],
  [35, 'sell', 'limit', 'day', 1_099, [1_100, 1_100, 1_100, 1_100], 1_100],
  [36, 'buy', 'limit', 'day', 901, [900, 900, 900, 900], 900],
  // Stops: the worse of the open and a tick beyond, no further than the daily limit.
  [37, 'buy', 'stop', 'day', 1_015, [1_000, 1_020, 990, 1_010], 1_016],
  [38, 'buy', 'stop', 'day', 1_020, [1_000, 1_020, 990, 1_010], 1_021],
  [39, 'buy', 'stop', 'day', 1_021, [1_000, 1_020, 990, 1_010], none],
  [40, 'buy', 'stop', 'day', 1_005, [1_030, 1_040, 1_025, 1_035], 1_030],
  [41, 'sell', 'stop', 'day', 995, [1_000, 1_020, 990, 1_010], 994],
  [42, 'sell', 'stop', 'day', 990, [1_000, 1_020, 990, 1_010], 989],
  [43, 'sell', 'stop', 'day', 989, [1_000, 1_020, 990, 1_010], none],
  [44, 'sell', 'stop', 'day', 1_005, [970, 980, 960, 975], 970],
  [45, 'buy', 'stop', 'day', 1_050, [1_100, 1_100, 1_100, 1_100], none],
  [46, 'sell', 'stop', 'day', 950, [900, 900, 900, 900], none],
  [47, 'buy', 'stop', 'day', 1_100, [1_000, 1_100, 1_000, 1_050], 1_100],
  [48, 'sell', 'stop', 'day', 900, [1_000, 1_000, 900, 950], 900],
];

describe('an order on one candle', () => {
  it.each(fillCases)('case %i: %s %s %s %s', (_, side, type, time, price, candle, expected) => {
    expect(fillPrice({ side, type, time, price }, bar(candle), rules)).toBe(expected);
  });
});

const buy = { symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open' } as const;
const atLimit = { type: 'limit', time: 'day', price: 995 } as const;
const atStop = { type: 'stop', time: 'day', price: 1_010 } as const;
const both = { stopLoss: 992, takeProfit: 1_015 };

const day: Candle = [1_000, 1_020, 990, 1_010];
const lower: Candle = [1_000, 1_020, 990, 1_005];
type ExitCase = readonly [number, Partial<Order>, readonly Candle[], fills: string, held: number, ambiguous: boolean];

const exitCases: readonly ExitCase[] = [
  [49, { closes: true }, [day], 'entry 1000, closing 1010', 0, false],
  [50, { stopLoss: 992, closes: true }, [day], 'entry 1000, stop-loss 991', 0, false],
  [51, { takeProfit: 1_015 }, [day], 'entry 1000, take-profit 1015', 0, false],
  // Both in one bar: the loss, and counted.
  [52, both, [day], 'entry 1000, stop-loss 991', 0, true],
  // Bars of 5 minutes know which came first.
  [53, both, bars('1000 1020 998 1012, 1012 1012 990 1010'), 'entry 1000, take-profit 1015', 0, false],
  [54, both, bars('1000 1002 990 995, 995 1020 994 1010'), 'entry 1000, stop-loss 991', 0, false],
  // A target in the bar of an entry at a limit may have been before it.
  [55, { ...atLimit, takeProfit: 1_010, closes: true }, [lower], 'entry 995, closing 1005', 0, true],
  [56, { ...atLimit, stopLoss: 992 }, [lower], 'entry 995, stop-loss 991', 0, false],
  // A stop in the bar of an entry at a stop may have been before it, and counts all the same.
  [57, { ...atStop, stopLoss: 992 }, [lower], 'entry 1011, stop-loss 991', 0, true],
  [58, { ...atStop, takeProfit: 1_015 }, [lower], 'entry 1011, take-profit 1015', 0, false],
  // A close at the limit against it: the position stays.
  [59, { closes: true }, [[1_000, 1_000, 900, 900]], 'entry 1000', 100, false],
  // An exit that the market jumps over is filled where it opened.
  [60, { stopLoss: 992 }, bars('1000 1001 999 1000, 980 985 975 984'), 'entry 1000, stop-loss 980', 0, false],
];

/** Reads candles, one after another. */
function bars(text: string): readonly Candle[] {
  return text.split(', ').map((candle) => candle.split(' ').map(Number) as unknown as Candle);
}

const plenty: Liquidity = { ofSession: 1e6, ofBar: () => 1e6 };

describe('an order and its exits', () => {
  it.each(exitCases)('case %i', (_, order, candles, expected, held, ambiguous) => {
    const outcome = walkSession({ ...buy, ...order }, candles.map(bar), rules, plenty);
    const fills = outcome.fills.map(({ reason, price }) => `${reason} ${price}`).join(', ');
    expect({ ...outcome, fills }).toEqual({ fills: expected, held, ambiguous });
  });
});

describe('a doubt that is decided for the order', () => {
  it.each([
    ['takes the profit', both, 'entry 1000, take-profit 1015'],
    ['takes a profit after a limit', { ...atLimit, takeProfit: 1_003 }, 'entry 995, take-profit 1003'],
    ['has no loss before a stop', { ...atStop, stopLoss: 992, closes: true }, 'entry 1011, closing 1010'],
    ['has a loss without a doubt', { ...atLimit, stopLoss: 992 }, 'entry 995, stop-loss 991'],
  ])('%s', (_, order: Partial<Order>, expected) => {
    const outcome = walkSession({ ...buy, ...order }, [bar(day)], rules, plenty, true, true);
    expect(outcome.fills.map(({ reason, price }) => `${reason} ${price}`).join(', ')).toBe(expected);
  });
});

describe('an order that is larger than a bar', () => {
  const few: Liquidity = { ofSession: 100, ofBar: () => 100 };
  const big: Order = { ...buy, shares: 300, time: 'day' };

  it('goes on at its limit, and never beyond it', () => {
    const candles = bars('1000 1001 993 994, 1010 1015 1005 1010, 994 996 992 995');
    const { fills, held } = walkSession({ ...big, type: 'limit', price: 995 }, candles.map(bar), rules, few);
    expect([fills.map(({ price }) => price), held]).toEqual([[995, 994], 200]);
  });

  it('goes on at the market when it is a stop order', () => {
    const candles = bars('1000 1012 999 1005, 1003 1004 1001 1002, 1020 1025 1018 1022');
    const { fills } = walkSession({ ...big, type: 'stop', price: 1_010 }, candles.map(bar), rules, few);
    expect(fills.map(({ price }) => price)).toEqual([1_011, 1_003, 1_020]);
  });
});
