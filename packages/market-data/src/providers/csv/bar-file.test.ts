import { dateOfDayNumber } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBarFile } from './bar-file.ts';

const header = 'date,open,high,low,close,volume';

function parse(...lines: readonly string[]) {
  return parseBarFile(lines.join('\n'), 'daily/7203.T.csv');
}

describe('reading a CSV file of bars', () => {
  it('reads daily bars, each with its line', () => {
    const rows = parse(header, '2024-01-04,1,2,0.5,1.5,100', '', '2024-01-05,1.5,2.5,1,2,200.0');
    expect(rows).toMatchObject({ interval: '1d', priceBasis: undefined, malformed: [], rowsWithoutTrade: 0 });
    expect([...rows.times].map(dateOfDayNumber)).toEqual(['2024-01-04', '2024-01-05']);
    expect([...rows.open, ...rows.high, ...rows.low, ...rows.close]).toEqual([1, 1.5, 2, 2.5, 0.5, 1, 1.5, 2]);
    expect([...rows.volume]).toEqual([100, 200]);
    expect([...rows.lines]).toEqual([2, 4]);
    expect(rows.rowText(1)).toBe('2024-01-05,1.5,2.5,1,2,200.0');
  });

  it('takes the prices of a file with adjclose as they are, and keeps the adjusted closes to judge by', () => {
    const rows = parse('Date,Open,High,Low,Close,Adj Close,Volume', '2024-01-04,1,2,0.5,1.5,0.7,100');
    expect([rows.close[0], rows.volume[0], rows.adjustedClose]).toEqual([1.5, 100, Float64Array.of(0.7)]);
  });

  it('adds dividends back to the prices of a file with adjclose when fully adjusted prices are asked for', () => {
    const text = [
      'date,open,high,low,close,adjclose,volume',
      '2024-03-27,98,104,96,100,97.5,300',
      '2024-03-28,99,101,97,98,98,200',
    ].join('\n');
    const rows = parseBarFile(text, 'x.csv', { wanted: 'fully-adjusted' });
    expect(rows.priceBasis).toBe('fully-adjusted');
    expect([rows.open[0], rows.high[0], rows.low[0], rows.close[0], rows.volume[0]]).toEqual([
      98 * 0.975,
      104 * 0.975,
      96 * 0.975,
      97.5,
      300,
    ]);
    expect([rows.open[1], rows.high[1], rows.low[1], rows.close[1], rows.volume[1]]).toEqual([99, 101, 97, 98, 200]);
    // The day loses 2 yen by price, and gains half a yen with the dividend of 2.5 yen.
    expect(rows.close[1]! - rows.close[0]!).toBeCloseTo(0.5, 12);
    expect(parseBarFile(text, 'x.csv', { wanted: 'split-adjusted' })).toMatchObject({ priceBasis: 'split-adjusted' });
    expect(parseBarFile(text, 'x.csv', { wanted: 'split-adjusted' }).close[0]).toBe(100);
  });

  it('keeps a bar in order when dividends are added back, and asks for an adjclose that is a number', () => {
    const price = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(price, price, price, price), price, (prices, adjusted) => {
        const [low, open, close, high] = prices.toSorted((a, b) => a - b) as [number, number, number, number];
        const line = `2024-01-04,${open},${high},${low},${close},${adjusted},100`;
        const rows = parseBarFile(`date,open,high,low,close,adjclose,volume\n${line}`, 'x.csv', {
          wanted: 'fully-adjusted',
        });
        expect(rows.low[0]).toBeLessThanOrEqual(rows.open[0]!);
        expect(rows.open[0]).toBeLessThanOrEqual(rows.close[0]!);
        expect(rows.close[0]).toBeLessThanOrEqual(rows.high[0]!);
        expect(Math.abs(rows.close[0]! / adjusted - 1)).toBeLessThan(1e-15);
      }),
    );
    const bad = parseBarFile('date,open,high,low,close,adjclose,volume\n2024-01-04,1,2,1,2,,100', 'x.csv', {
      wanted: 'fully-adjusted',
    });
    expect(bad.malformed).toMatchObject([
      { line: 2, reason: 'not-a-number', message: 'adjclose: expected a number, got ""' },
    ]);
  });

  it('reads 5-minute bars as instants, and counts rows without a trade', () => {
    const rows = parse(
      'timestamp,open,high,low,close,volume',
      '2025-01-22 09:05:00+09:00,5174.0,5179.0,5163.0,5175.0,73000.0',
      '2025-01-22 11:35:00+09:00,,,,,',
      '2025-01-22 15:25:00+09:00,,,,,0.0',
      '2025-01-22T00:10:00Z,1,1,1,1,1',
    );
    expect(rows.interval).toBe('5m');
    expect([...rows.times]).toEqual([Date.UTC(2025, 0, 22, 0, 5), Date.UTC(2025, 0, 22, 0, 10)]);
    expect(rows.rowsWithoutTrade).toBe(2);
  });

  it('accepts columns in any order, columns it does not know, CR LF, and quoted fields', () => {
    const text = 'volume,close,note,low,high,open,date\r\n100,1.5,"a, ""b""",0.5,2,1,2024-01-04\r\n';
    const rows = parseBarFile(text, 'x.csv');
    expect([rows.open[0], rows.high[0], rows.low[0], rows.close[0], rows.volume[0]]).toEqual([1, 2, 0.5, 1.5, 100]);
    expect(rows.malformed).toEqual([]);
  });

  it.each([
    ['date,open,high,low,volume', 'there is no column close'],
    ['date,open,high,low,close', 'there is no column volume: an index has none'],
    ['open,high,low,close,volume', 'there is no column date or timestamp'],
    ['date,open,high,low,close,close,volume', 'the column close is there twice'],
    ['2024-01-04,1,2,0.5,1.5,100', 'there is no column date or timestamp'],
  ])('refuses the header %s, says what it found and what it expected', (line, reason) => {
    expect(() => parse(line, '2024-01-04,1,2,0.5,1.5,100')).toThrow(`daily/7203.T.csv: line 1: ${reason}`);
    expect(() => parse(line, '')).toThrow(`the header is "${line}", expected date,open,high,low,close,volume`);
  });

  it('refuses a file without a row', () => {
    expect(() => parse(header)).toThrow('daily/7203.T.csv: there is no row after the header');
    expect(() => parse('', ' ')).toThrow('nothing but blank lines');
  });

  it.each([
    [
      '2026-02-30,1,1,1,1,1',
      'date-invalid',
      '2026-02-30',
      'date: expected a date that exists, as YYYY-MM-DD, got "2026-02-30"',
    ],
    ['04/01/2024,1,1,1,1,1', 'date-invalid', '04/01/2024', 'as YYYY-MM-DD'],
    ['1999-12-30,1,1,1,1,1', 'date-out-of-range', '1999-12-30', 'expected a day from 2000-01-01 to 2030-12-31'],
    ['2024-01-04,1,1,1,1', 'fields-missing', '2024-01-04', 'expected 6 fields as in the header, found 5'],
    ['2024-01-04,1,1,1,1,1,1', 'fields-missing', '2024-01-04', 'found 7'],
    ['2024-01-04,1,1,1,,1', 'not-a-number', '2024-01-04', 'close: expected a number, got ""'],
    ['2024-01-04,x,1,1,1,1', 'not-a-number', '2024-01-04', 'open: expected a number, got "x"'],
    ['2024-01-04,1,1,1,1,0x10', 'not-a-number', '2024-01-04', 'volume: expected a number, got "0x10"'],
    ['2024-01-04,1,NaN,1,1,1', 'not-a-number', '2024-01-04', 'high: expected a number, got "NaN"'],
    ['2024-01-04,1,1,1e999,1,1', 'not-a-number', '2024-01-04', 'low: expected a number'],
  ])('keeps out the row %s as %s and keeps the good rows around it', (row, reason, date, message) => {
    const rows = parse(header, '2024-01-04,1,2,0.5,1.5,100', row, '2024-01-05,1,2,0.5,1.5,100');
    expect([...rows.lines]).toEqual([2, 4]);
    expect(rows.malformed).toEqual([{ line: 3, date, reason, message: expect.stringContaining(message), row }]);
  });

  it.each([
    '2025-01-22 09:05:00',
    '2025-01-22 09:03:00+09:00',
    '2025-01-22 24:00:00+09:00',
    '2025-02-30 09:00:00+09:00',
  ])('keeps out a bar stamped %s', (stamp) => {
    const rows = parse('timestamp,open,high,low,close,volume', `${stamp},1,1,1,1,1`);
    const message = expect.stringMatching(/^timestamp: expected/) as string;
    expect(rows.malformed).toMatchObject([{ line: 2, reason: 'date-invalid', message }]);
  });

  it('reads every number as it was written', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, number, number, number), { minLength: 1, maxLength: 30 }),
        (bars) => {
          const rows = parse(header, ...bars.map((bar) => `2024-01-04,${bar.join(',')}`));
          const read = bars.map((_, i) => [rows.open[i], rows.high[i], rows.low[i], rows.close[i], rows.volume[i]]);
          expect(read).toEqual(bars.map((bar) => bar.map((value) => (value === 0 ? 0 : value))));
        },
      ),
    );
  });
});
