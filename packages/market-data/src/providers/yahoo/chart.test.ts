import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { factorsIn, laterSplits, readChart, splitsIn } from './chart.ts';

const second = (date: string) => Date.parse(`${date}T09:00:00+09:00`) / 1_000;
const day = (date: string) => parseTradeDate(date);
const split = (date: string, numerator: number, denominator = 1) => ({ date: second(date), numerator, denominator });
const chart = (splits: readonly object[], dividends: readonly object[] = []) =>
  ({ splits, dividends }) as unknown as Parameters<typeof factorsIn>[0];

describe('the splits of a chart', () => {
  it('are what earlier prices are multiplied by, oldest first', () => {
    expect(splitsIn(chart([split('2025-03-03', 5), split('2024-03-04', 1, 10), split('2023-03-03', 3, 2)]))).toEqual([
      { date: '2023-03-03', value: 2 / 3 },
      { date: '2024-03-04', value: 10 },
      { date: '2025-03-03', value: 0.2 },
    ]);
  });

  it.each([
    ['a split of 1 to 1', split('2025-03-03', 1)],
    ['a split to nothing', split('2025-03-03', 0)],
    ['a split of nothing', split('2025-03-03', 1, 0)],
    ['a split below nothing', split('2025-03-03', -1)],
    ['a split without a day', { numerator: 5, denominator: 1 }],
    ['a split whose day is a text', { ...split('2025-03-03', 5), date: '2025-03-03' }],
    ['a split whose day is half a millisecond', { ...split('2025-03-03', 5), date: 1.000_1 }],
  ])('do not have %s', (_, event) => {
    expect(splitsIn(chart([event]))).toEqual([]);
  });

  it('after a day change its price by their product', () => {
    const splits = splitsIn(chart([split('2024-03-04', 2), split('2025-03-03', 5)]));
    const days = ['2024-03-01', '2024-03-04', '2025-02-28', '2025-03-03'];
    expect(days.map((date) => laterSplits(splits, day(date)))).toEqual([0.1, 0.2, 0.2, 1]);
  });
});

describe('the dividends of a chart', () => {
  const dividend = (date: string, amount: unknown) => ({ date: second(date), amount });
  const dividends = (splits: readonly object[], ...events: readonly object[]) =>
    factorsIn(chart(splits, events)).filter(({ kind }) => kind === 'dividend');

  it('are in the prices of their ex-day, whatever splits came later or the same day', () => {
    const splits = [split('2024-03-04', 2), split('2025-03-03', 5)];
    const events = ['2024-03-01', '2024-03-04', '2025-02-28', '2025-03-03', '2025-03-04'];
    const factor = (date: string, value: number) => ({ date, kind: 'dividend', value, knownOn: date, source: 'yahoo' });
    expect(dividends(splits, ...events.map((date) => dividend(date, 3)))).toEqual([
      factor('2024-03-01', 30),
      factor('2024-03-04', 3 * 0.5 * 5),
      factor('2025-02-28', 15),
      factor('2025-03-03', 3 * 0.2),
      factor('2025-03-04', 3),
    ]);
    expect(factorsIn(chart(splits)).map(({ kind, date, value }) => [kind, date, value])).toEqual([
      ['split', '2024-03-04', 0.5],
      ['split', '2025-03-03', 0.2],
    ]);
  });

  it.each([[0], [-1], ['3'], [undefined]])('are none of %j yen', (amount) => {
    expect(dividends([], dividend('2025-03-03', amount))).toEqual([]);
    expect(dividends([], { amount: 3 })).toEqual([]);
    expect(dividends([], dividend('2025-03-03', 0.5))).toHaveLength(1);
  });
});

describe('the reply for a symbol', () => {
  const reply = (meta: object, more: object = {}) => {
    const known = { symbol: '7203.T', currency: 'JPY', dataGranularity: '1d', longName: 'long', shortName: 'short' };
    const quote = [{ open: [1, 2], high: [1, 2], low: [1, 2], close: [1, 2], volume: [3, 4] }];
    const result = { meta: { ...known, ...meta }, timestamp: [10, 20], indicators: { quote }, ...more };
    return { chart: { result: [result], error: null } };
  };
  const read = (body: unknown) => readChart(body, { what: 'chart 7203.T', ticker: '7203.T' });

  it('has columns, events and names', () => {
    expect(read(reply({}, { events: { splits: { a: { date: 1 } } } }))).toEqual({
      timestamps: [10, 20],
      columns: { open: [1, 2], high: [1, 2], low: [1, 2], close: [1, 2], volume: [3, 4] },
      splits: [{ date: 1 }],
      dividends: [],
      names: ['long', 'short'],
    });
    expect(read(reply({ longName: null }, { timestamp: [], indicators: { quote: [] } }))).toMatchObject({
      timestamps: [],
      columns: { open: [], volume: [] },
      names: ['short'],
    });
    expect(read(reply({}, { indicators: { quote: [{ open: [1, 2] }] } })).columns).toMatchObject({
      open: [1, 2],
      high: [],
    });
  });

  it.each([
    [reply({ symbol: '6501.T' }), 'chart 7203.T: symbol: expected "7203.T", got "6501.T"'],
    [reply({ currency: 'USD' }), 'currency: expected "JPY", got "USD"'],
    [reply({ dataGranularity: '1mo' }), 'dataGranularity: expected "1d", got "1mo"'],
    [
      reply({}, { indicators: { quote: [{ open: [1, 2], close: [1] }] } }),
      'close: expected as many values as timestamps',
    ],
    [{ chart: { result: null } }, 'chart 7203.T: reply.chart.result: '],
    [{ chart: { result: [] } }, 'chart 7203.T: reply.chart.result'],
  ])('is refused: %j', (body, message) => {
    expect(() => read(body)).toThrow(message);
  });
});
