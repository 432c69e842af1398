import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { inspectIndex, readIndexFile } from './index-values.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const now = Date.parse('2026-11-24T23:30:00Z');

describe('readIndexFile', () => {
  it('takes the close of a file of bars, and the value of a file with two columns', async () => {
    const bars = await readIndexFile(bytes('Date,Open,High,Low,Close\n2026-11-23,1,3,1,2\n'), 'ndq.csv');
    expect(bars).toEqual([{ line: 2, day: dayNumber(parseTradeDate('2026-11-23')), value: 2 }]);
    const pair = await readIndexFile(
      bytes('observation_date,NASDAQCOM\n2026-11-20,22990.1\n2026-11-23,.\n'),
      'fred.csv',
    );
    expect(pair).toEqual([{ line: 2, day: dayNumber(parseTradeDate('2026-11-20')), value: 22990.1 }]);
  });

  it.each([
    ['', /the file is empty/],
    ['\n\n', /nothing but blank lines/],
    ['symbol,price,when\n7203,1,2\n', /line 1: the header is "symbol,price,when", expected date,close/],
    ['date,close\n', /no row with a value/],
    ['date,close,close\n2026-11-20,1,2\n', /the column close is there twice/],
  ])('refuses %j', async (text, message) => {
    await expect(readIndexFile(bytes(text), 'x.csv')).rejects.toThrow(message);
  });
});

describe('inspectIndex', () => {
  const inspect = async (name: Parameters<typeof inspectIndex>[0], text: string, at = now) =>
    inspectIndex(name, await readIndexFile(bytes(`date,close\n${text}`), 'x.csv'), at);

  it('keeps good rows, oldest first, and says of each other one what is wrong and where', async () => {
    const text = [
      '2026-11-24,103', // over at 06:00 of the 25th in Japan
      '2026-11-23,102',
      '1999-12-30,90',
      '2026-11-21,101', // Saturday
      '2026-05-25,100', // Memorial Day
      '2026-02-30,100',
      '2026-11-20,abc',
      '2026-11-19,-5',
      '2026-11-23,102',
      '2031-01-02,102',
      '2026-11-18,100,7',
    ].join('\n');
    const { values, keptOut, rowsOutsideCalendar } = await inspect('nasdaq', text);
    expect(values).toEqual([
      { date: '2026-11-23', value: 102 },
      { date: '2026-11-24', value: 103 },
    ]);
    expect(rowsOutsideCalendar).toBe(2);
    expect(keptOut.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'market-closed'],
      [6, 'market-closed'],
      [7, 'date-invalid'],
      [8, 'not-a-number'],
      [9, 'value-not-positive'],
      [10, 'date-duplicate'],
      [12, 'fields-missing'],
    ]);
    expect(keptOut[1]!.message).toBe('2026-05-25: the market was closed (Memorial Day)');
  });

  it('keeps out the value of a day that is not over in its market', async () => {
    const before = Date.parse('2026-11-24T20:30:00Z');
    expect((await inspect('nasdaq', '2026-11-23,100\n2026-11-24,101', before)).keptOut).toMatchObject([
      { line: 3, reason: 'not-over-yet', message: '2026-11-24 is over at 2026-11-24T21:00:00.000Z' },
    ]);
    // Of Tokyo the day is over, and the Nikkei was computed that day.
    expect((await inspect('nikkei225', '2026-11-24,50000', before)).values).toHaveLength(1);
  });

  it('keeps out a value that leaps, not those after it, and none after a gap of weeks', async () => {
    const leap = await inspect('usdjpy', '2026-11-18,150\n2026-11-19,15.1\n2026-11-20,151');
    expect(leap.keptOut).toMatchObject([{ line: 3, reason: 'change-implausible' }]);
    expect(leap.values).toHaveLength(2);
    expect((await inspect('usdjpy', '2025-11-18,150\n2026-11-19,110')).keptOut).toEqual([]);
    // The VIX more than doubled on 2018-02-05.
    expect((await inspect('vix', '2018-02-02,17.31\n2018-02-05,37.32')).keptOut).toEqual([]);
  });
});
