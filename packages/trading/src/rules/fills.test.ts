import { describe, expect, it } from 'vitest';
import { type Bar, type FillRules, fillPrice } from './bar-fill.ts';
import type { Order, OrderTime, OrderType } from './order.ts';
import { type Liquidity, walkSession } from './walk-session.ts';

/** Daily limits 900 and 1,100 around a base of 1,000, and a tick of 1 yen. */
const rules: FillRules = { lower: 900, upper: 1_100, above: (price) => price + 1, below: (price) => price - 1 };
const none = NaN;

type Candle = readonly [open: number, high: number, low: number, close: number];
type FillCase = readonly [number, OrderType, OrderTime, price: number | undefined, Candle, expected: number];

function bar([open, high, low, close]: Candle): Bar {
  return { open, high, low, close, volume: 100_000 };
}

/** Returns the price as far from 1,000 on the other side. */
const mirrored = (price: number) => 2_000 - price;

/** Purchases. */
const fillCases: readonly FillCase[] = [
  // Market orders: at the price of their auction, never at the limit that all want.
  [1, 'market', 'open', undefined, [1_000, 1_020, 990, 1_010], 1_000],
  [2, 'market', 'close', undefined, [1_000, 1_020, 990, 1_010], 1_010],
  [3, 'market', 'open', undefined, [1_100, 1_100, 1_100, 1_100], none],
  [4, 'market', 'open', undefined, [900, 900, 900, 900], 900],
  [5, 'market', 'close', undefined, [1_000, 1_100, 1_000, 1_100], none],
  [6, 'market', 'close', undefined, [1_000, 1_000, 900, 900], 900],
  // Limits in the opening auction.
  [7, 'limit', 'open', 1_001, [1_000, 1_020, 990, 1_010], 1_000],
  [8, 'limit', 'open', 1_000, [1_000, 1_020, 990, 1_010], none],
  [9, 'limit', 'open', 995, [1_000, 1_020, 990, 1_010], none],
  [10, 'limit', 'open', 950, [905, 920, 903, 910], 905],
  // Limits in the closing auction.
  [11, 'limit', 'close', 1_011, [1_000, 1_020, 990, 1_010], 1_010],
  [12, 'limit', 'close', 1_010, [1_000, 1_020, 990, 1_010], none],
  // Limits in the session: traded through, or not at all.
  [13, 'limit', 'day', 991, [1_000, 1_020, 990, 1_010], 991],
  [14, 'limit', 'day', 990, [1_000, 1_020, 990, 1_010], none],
  [15, 'limit', 'day', 989, [1_000, 1_020, 990, 1_010], none],
  [16, 'limit', 'day', 1_005, [1_000, 1_020, 990, 1_010], 1_000],
  [17, 'limit', 'day', 1_100, [1_100, 1_100, 1_100, 1_100], none],
  [18, 'limit', 'day', 901, [900, 900, 900, 900], 900],
  // Stops: the worse of the open and a tick beyond, no further than the daily limit.
  [19, 'stop', 'day', 1_015, [1_000, 1_020, 990, 1_010], 1_016],
  [20, 'stop', 'day', 1_020, [1_000, 1_020, 990, 1_010], 1_021],
  [21, 'stop', 'day', 1_021, [1_000, 1_020, 990, 1_010], none],
  [22, 'stop', 'day', 1_005, [1_030, 1_040, 1_025, 1_035], 1_030],
  [23, 'stop', 'day', 1_050, [1_100, 1_100, 1_100, 1_100], none],
  [24, 'stop', 'day', 1_100, [1_000, 1_100, 1_000, 1_050], 1_100],
  // A daily limit on the way does not matter, only one that all prices are at.
  [37, 'limit', 'day', 995, [1_000, 1_100, 990, 1_010], 995],
  [38, 'limit', 'day', 991, [1_100, 1_100, 990, 1_000], 991],
  [39, 'limit', 'open', 1_100, [1_100, 1_100, 990, 1_000], none],
  [40, 'stop', 'day', 1_005, [1_005, 1_020, 990, 1_010], 1_006],
  [41, 'stop', 'day', 1_005, [1_006, 1_020, 990, 1_010], 1_006],
  [42, 'stop', 'day', 1_099, [1_000, 1_100, 990, 1_010], 1_100],
  [43, 'stop', 'day', 950, [900, 960, 900, 950], 951],
  [44, 'stop', 'open', 1_005, [1_010, 1_020, 1_000, 1_010], none],
  [45, 'market', 'day', undefined, [1_000, 1_020, 990, 1_010], 1_000],
];

/** Bars within a session: the first, one between, the last. */
const places = {
  first: { first: true, last: false },
  between: { first: false, last: false },
  last: { first: false, last: true },
};
/** Purchases on a bar that opens at 1,000 yen, reaches 1,020 and 990, and ends at 1,010. */
const placeCases: readonly (readonly [OrderType, OrderTime, number | undefined, readonly number[]])[] = [
  ['market', 'open', undefined, [1_000, none, none]],
  ['limit', 'open', 1_015, [1_000, none, none]],
  ['market', 'close', undefined, [none, none, 1_010]],
  ['limit', 'close', 1_015, [none, none, 1_010]],
  ['market', 'day', undefined, [1_000, 1_000, 1_000]],
  ['limit', 'day', 1_015, [1_000, 1_000, 1_000]],
  ['limit', 'day', 995, [995, 995, 995]],
  ['stop', 'day', 1_005, [1_006, 1_006, 1_006]],
];

describe('an order on one candle', () => {
  it.each(fillCases)('case %i: buy %s %s %s, and a sale as in a mirror', (_, type, time, price, candle, expected) => {
    expect(fillPrice({ side: 'buy', type, time, price }, bar(candle), rules)).toBe(expected);
    const [open, high, low, close] = candle.map(mirrored) as unknown as Candle;
    const sale = { side: 'sell', type, time, price: price && mirrored(price) } as const;
    expect(fillPrice(sale, bar([open, low, high, close]), rules)).toBe(mirrored(expected));
  });
});

describe('an order on a bar of a session', () => {
  it.each(placeCases)('%s %s %s trades in the auctions of the first and the last alone, or in any', (...given) => {
    const [type, time, price, expected] = given;
    const order = { side: 'buy', type, time, price } as const;
    const prices = [places.first, places.between, places.last].map((place) =>
      fillPrice(order, bar([1_000, 1_020, 990, 1_010]), rules, place),
    );
    expect(prices).toEqual(expected);
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
  [25, { closes: true }, [day], 'entry 1000, closing 1010', 0, false],
  [26, { stopLoss: 992, closes: true }, [day], 'entry 1000, stop-loss 991', 0, false],
  [27, { takeProfit: 1_015 }, [day], 'entry 1000, take-profit 1015', 0, false],
  // Both in one bar: the loss, and counted.
  [28, both, [day], 'entry 1000, stop-loss 991', 0, true],
  // Bars of 5 minutes know which came first.
  [29, both, bars('1000 1020 998 1012, 1012 1012 990 1010'), 'entry 1000, take-profit 1015', 0, false],
  [30, both, bars('1000 1002 990 995, 995 1020 994 1010'), 'entry 1000, stop-loss 991', 0, false],
  // A target in the bar of an entry at a limit may have been before it.
  [31, { ...atLimit, takeProfit: 1_010, closes: true }, [lower], 'entry 995, closing 1005', 0, true],
  [32, { ...atLimit, stopLoss: 992 }, [lower], 'entry 995, stop-loss 991', 0, false],
  // A stop in the bar of an entry at a stop may have been before it, and counts all the same.
  [33, { ...atStop, stopLoss: 992 }, [lower], 'entry 1011, stop-loss 991', 0, true],
  [34, { ...atStop, takeProfit: 1_015 }, [lower], 'entry 1011, take-profit 1015', 0, false],
  // A close at the limit against it: the position stays.
  [35, { closes: true }, [[1_000, 1_000, 900, 900]], 'entry 1000', 100, false],
  // An exit that the market jumps over is filled where it opened.
  [36, { stopLoss: 992 }, bars('1000 1001 999 1000, 980 985 975 984'), 'entry 1000, stop-loss 980', 0, false],
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

describe('the spread of a fill', () => {
  const spreads = (order: Partial<Order>, candles: readonly Candle[] = [day]) =>
    walkSession({ ...buy, ...order }, candles.map(bar), rules, plenty).fills.map(
      ({ reason, side, shares, paidNoSpread }) => `${reason} ${side} ${shares} ${paidNoSpread ? 'none' : 'half'}`,
    );

  it('is paid by who takes a price, not in an auction nor at a limit', () => {
    expect(spreads({ closes: true })).toEqual(['entry buy 100 none', 'closing sell 100 none']);
    expect(spreads({ time: 'close' })).toEqual(['entry buy 100 none']);
    expect(
      spreads({ ...atLimit, takeProfit: 1_003, closes: true }, bars('1000 1001 990 1000, 1000 1010 999 1005')),
    ).toEqual(['entry buy 100 none', 'take-profit sell 100 none']);
    expect(spreads({ ...atStop, stopLoss: 992 }, bars('1000 1012 999 1005, 1003 1004 980 985'))).toEqual([
      'entry buy 100 half',
      'stop-loss sell 100 half',
    ]);
    expect(spreads({ time: 'day' })).toEqual(['entry buy 100 none']);
    // A market order that trades on after the auction takes prices.
    const few: Liquidity = { ofSession: 60, ofBar: () => 60 };
    const { fills } = walkSession(
      { ...buy, time: 'day' },
      bars('1000 1001 999 1000, 1002 1003 1001 1002').map(bar),
      rules,
      few,
    );
    expect(fills.map(({ shares, price, paidNoSpread }) => [shares, price, paidNoSpread])).toEqual([
      [60, 1_000, true],
      [40, 1_002, false],
    ]);
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

  it('ends with the opening auction when it is for that alone', () => {
    const candles = bars('1000 1001 993 994, 990 992 985 990, 994 996 992 995');
    for (const order of [{ type: 'market' }, { type: 'limit', price: 1_005 }] as const) {
      const { fills, held } = walkSession({ ...big, ...order, time: 'open' }, candles.map(bar), rules, few);
      expect([fills.map(({ price, shares }) => [price, shares]), held]).toEqual([[[1_000, 100]], 100]);
    }
    const below = { ...big, type: 'limit', price: 992, time: 'open' } as const;
    expect(walkSession(below, candles.map(bar), rules, few)).toEqual({ fills: [], held: 0, ambiguous: false });
  });

  it('has single shares where the volume gives no more, and its last one', () => {
    const one: Liquidity = { ofSession: 1, ofBar: () => 1 };
    const candles = bars('1000 1001 999 1000, 1000 1001 999 1000, 1000 1001 999 1000');
    const { fills, held } = walkSession({ ...big, shares: 2, type: 'market' }, candles.map(bar), rules, one);
    expect([fills.map(({ shares }) => shares), held]).toEqual([[1, 1], 2]);
    const exit = walkSession({ ...big, shares: 1, type: 'market', stopLoss: 999 }, candles.map(bar), rules, one);
    expect(exit.fills.map(({ reason, shares }) => [reason, shares])).toEqual([
      ['entry', 1],
      ['stop-loss', 1],
    ]);
    const none: Liquidity = { ofSession: 0, ofBar: () => 0 };
    expect(walkSession({ ...big, type: 'market' }, candles.map(bar), rules, none).fills).toEqual([]);
  });

  it('buys no more after an exit, and holds a position that closes in an auction', () => {
    const candles = bars('1000 1001 990 1000, 1000 1001 999 1000');
    const exited = walkSession({ ...big, type: 'market', stopLoss: 995 }, candles.map(bar), rules, few);
    expect(exited.fills.map(({ reason, shares }) => [reason, shares])).toEqual([
      ['entry', 100],
      ['stop-loss', 100],
    ]);
    const atClose = { ...big, type: 'market', time: 'close', stopLoss: 1_005, takeProfit: 990 } as const;
    expect(walkSession(atClose, candles.map(bar), rules, few)).toMatchObject({ held: 100, ambiguous: false });
  });

  it('is not closed before the session is over', () => {
    const order = { ...big, type: 'market', closes: true } as const;
    expect(walkSession(order, bars('1000 1001 999 1000').map(bar), rules, few, false)).toMatchObject({ held: 100 });
    const late = { ...order, time: 'close' } as const;
    expect(walkSession(late, bars('1000 1001 999 1000').map(bar), rules, few, false).fills).toEqual([]);
    expect(walkSession(order, [], rules, few)).toEqual({ fills: [], held: 0, ambiguous: false });
  });

  it('goes on at the market when it is a stop order', () => {
    const candles = bars('1000 1012 999 1005, 1003 1004 1001 1002, 1020 1025 1018 1022');
    const { fills } = walkSession({ ...big, type: 'stop', price: 1_010 }, candles.map(bar), rules, few);
    expect(fills.map(({ price }) => price)).toEqual([1_011, 1_003, 1_020]);
  });
});
