import { dateOfDayNumber, lastNewYorkSession, parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { createSyntheticExchange } from './synthetic-exchange.ts';

const options = { seed: 5, symbols: 12 };
const exchange = createSyntheticExchange(options);
const until = parseTradeDate('2025-12-30');

it('is the same for the same seed, and a longer series begins with the shorter one', () => {
  const short = createSyntheticExchange(options).newYork(parseTradeDate('2022-03-31'));
  expect(exchange.newYork(until).slice(0, short.length)).toEqual(short);
  expect(short[0]!.date).toBe('2022-01-03');
  expect(short.at(-1)!.date).toBe('2022-03-31');
  expect(short.map(({ date }) => date)).not.toContain('2022-01-17');
});

it('moves with the next night of Tokyo, and not with what comes after the open', () => {
  const values = new Map(exchange.newYork(until).map(({ date, value }) => [date, value]));
  const bars = exchange.symbols.map(({ symbol }) => exchange.bars(symbol, exchange.start, until));
  const abroad: number[] = [];
  const nights: number[] = [];
  const days: number[] = [];
  for (let i = 1; i < bars[0]!.days.length; i += 1) {
    const [before, tokyo] = [bars[0]!.days[i - 1]!, bars[0]!.days[i]!].map(dateOfDayNumber);
    abroad.push(Math.log(values.get(lastNewYorkSession(tokyo!))! / values.get(lastNewYorkSession(before!))!));
    const traded = bars.flatMap((own) => {
      const place = own.days.indexOf(bars[0]!.days[i]!);
      return place < 1 ? [] : [{ close: own.close[place - 1]!, open: own.open[place]!, last: own.close[place]! }];
    });
    nights.push(mean(traded.map(({ close, open }) => Math.log(open / close))));
    days.push(mean(traded.map(({ open, last }) => Math.log(last / open))));
  }
  expect(abroad.length).toBeGreaterThan(900);
  expect(correlation(abroad, nights)).toBeGreaterThan(0.45);
  expect(Math.abs(correlation(abroad, days))).toBeLessThan(0.1);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return product(one, other, a, b) / Math.sqrt(product(one, one, a, a) * product(other, other, b, b));
}
