import { dayNumber, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { findSymbols, parseBarFile, parseBarsOf } from './bar-file.ts';

const header = 'date,open,high,low,close,volume';
const day = (date: string) => dayNumber(parseTradeDate(date));
type Options = Parameters<typeof parseBarFile>[2];
const parse = (lines: readonly string[], options: Options = {}) => parseBarFile(lines.join('\n'), 'x.csv', options);
const row = (date: string, ...more: readonly unknown[]) => [date, 10, 12, 9, 11, 100, ...more].join(',');

describe('the rows of a file of bars', () => {
  it('are columns with lines and texts, apart from malformed ones and days without a trade', () => {
    const malformed = ['2024-01-09,10,12,9,11', '2024-02-30,1,1,1,1,1', '2024-01-10,10,x,9,11,100'];
    const { rowText, ...rows } = parse([
      header,
      row('2024-01-04'),
      ...malformed,
      '2024-01-11,-,-,-,-,0',
      '2024-01-12,,,,,',
      '',
      `${row('2024-01-15')}\r`,
    ]);
    expect(rows).toEqual({
      interval: '1d',
      priceBasis: undefined,
      adjustedClose: undefined,
      factors: [],
      times: Float64Array.of(day('2024-01-04'), day('2024-01-15')),
      open: Float64Array.of(10, 10),
      high: Float64Array.of(12, 12),
      low: Float64Array.of(9, 9),
      close: Float64Array.of(11, 11),
      volume: Float64Array.of(100, 100),
      lines: Int32Array.of(2, 9),
      malformed: [
        {
          line: 3,
          date: '2024-01-09',
          reason: 'fields-missing',
          message: 'expected 6 fields as in the header, found 5',
          row: malformed[0],
        },
        { line: 4, date: '2024-02-30', reason: 'date-invalid', message: expect.any(String), row: malformed[1] },
        {
          line: 5,
          date: '2024-01-10',
          reason: 'not-a-number',
          message: 'high: expected a number, got "x"',
          row: malformed[2],
        },
      ],
      rowsWithoutTrade: 2,
      form: { separator: 'commas', header: 'English', dates: ['2025-01-06'], volumeUnit: 1 },
    });
    expect([rowText(0), rowText(1), rowText(2)]).toEqual([row('2024-01-04'), row('2024-01-15'), '']);
  });

  it.each([
    ['-,-,-,-,0', 1, 0],
    ['-,-,-,-,-', 1, 0],
    ['-,-,-,-,5', 0, 1],
    ['-,12,-,-,0', 0, 1],
    ['-,-,-,11,0', 0, 1],
    ['10,-,-,-,0', 0, 1],
  ])('with the values %s are days without a trade: %d, malformed: %d', (values, withoutTrade, malformed) => {
    const rows = parse([header, row('2024-01-04'), `2024-01-05,${values}`]);
    expect([rows.rowsWithoutTrade, rows.malformed.length, rows.times.length]).toEqual([withoutTrade, malformed, 1]);
  });

  it('are shown by their first 200 characters, a date by 40', () => {
    const long = `${'9'.repeat(50)},${'1'.repeat(200)}`;
    const { malformed, rowText } = parse([header, long, `2024-01-04, 10,12,9,11,${'0'.repeat(200)}100`]);
    expect(malformed).toMatchObject([{ date: '9'.repeat(40), row: long.slice(0, 200) }]);
    expect(rowText(0)).toHaveLength(200);
  });

  it('may have their volumes in thousands', () => {
    const { volume, form } = parse([
      '日付,始値,高値,安値,終値,出来高(千株)',
      row('2024-01-04'),
      '2024-01-05,1,1,1,1,1.5',
    ]);
    expect([[...volume], form.volumeUnit, form.header]).toEqual([[100_000, 1_500], 1_000, 'Japanese']);
  });

  it('are all there after a blank line at the beginning, and without a line end at the end', () => {
    const days = ['2024-01-04', '2024-01-05', '2024-01-09'];
    expect([...parse(['', header, ...days.map((date) => row(date))]).times]).toEqual(days.map(day));
  });

  it('name each form of their dates once', () => {
    const dates = ['2024-01-04', '2024/01/05', '2024-01-09', '2024/01/10'];
    expect(parse([header, ...dates.map((date) => row(date))]).form.dates).toEqual(['2025-01-06', '2025/01/06']);
  });

  it('are missing where only a header is there, and one kind of row is enough', () => {
    expect(() => parse([header])).toThrow('x.csv: there is no row after the header');
    expect(parse([header, '2024-01-04,,,,,']).rowsWithoutTrade).toBe(1);
    expect(parse([header, 'x']).malformed).toHaveLength(1);
  });
});

describe('adjusted closes and dividends beside the bars', () => {
  const adjusted = [`${header},adjclose`, row('2024-01-04', 5.5), row('2024-01-05', 11), row('2024-01-09', '-')];

  it('are kept where no basis is asked for', () => {
    const { adjustedClose, close, malformed, priceBasis } = parse(adjusted);
    expect([[...adjustedClose!], [...close], malformed, priceBasis]).toEqual([
      [5.5, 11, NaN],
      [11, 11, 11],
      [],
      undefined,
    ]);
    expect(parse(adjusted, { wanted: 'traded' })).toMatchObject({ adjustedClose: undefined, priceBasis: 'traded' });
  });

  it('scale the four prices of a row where dividends are to be added back, but no volume', () => {
    const rows = parse([...adjusted, '2024-01-10,10,12,9,0,100,3'], { wanted: 'fully-adjusted' });
    const { open, high, low, close, volume, malformed, factors } = rows;
    expect([open, high, low, close, volume].map((column) => [...column])).toEqual([
      [5, 10, 10],
      [6, 12, 12],
      [4.5, 9, 9],
      [5.5, 11, 0],
      [100, 100, 100],
    ]);
    expect(malformed).toMatchObject([
      { line: 4, reason: 'not-a-number', message: 'adjclose: expected a number, got "-"' },
    ]);
    expect(factors).toEqual([]);
  });

  it('are dividends where a row has one', () => {
    const rows = [row('2024-01-04', '-'), row('2024-01-05', 0), row('2024-01-09', 1), row('2024-01-10', 'x')];
    const { factors, malformed } = parse([`${header},dividends`, ...rows, row('2024-01-11', -1)]);
    expect(factors).toEqual([{ date: '2024-01-09', kind: 'dividend', value: 1, knownOn: '2024-01-09', source: 'csv' }]);
    expect(malformed).toMatchObject([
      { line: 5, reason: 'not-a-number', message: 'dividend: expected a number, got "x"' },
    ]);
    const fully = parse([`${header},adjclose,dividends`, row('2024-01-04', 11, 1)], { wanted: 'fully-adjusted' });
    expect(fully.factors).toEqual([]);
  });
});

describe('what an export says of itself', () => {
  const exported = (...values: readonly string[]) => [
    `${header},price_basis`,
    ...values.map((v, i) => row(`2024-01-0${4 + i}`, v)),
  ];

  it('is its price basis, the same in every row, unless another is asked for', () => {
    expect(parse(exported('traded', ' traded ')).priceBasis).toBe('traded');
    expect(() => parse(exported('traded', 'split-adjusted'))).toThrow(
      'x.csv: line 3: price_basis: expected traded in every row, got "split-adjusted"',
    );
    expect(() => parse(exported('odd'))).toThrow(
      'price_basis: expected traded, split-adjusted, fully-adjusted in every',
    );
    expect(parse(exported('traded', 'odd'), { wanted: 'split-adjusted' }).priceBasis).toBe('split-adjusted');
    expect(parse([`${header},adjfactor`, row('2024-01-04', 1)]).priceBasis).toBe('traded');
  });

  it('is its source, which may not be the synthetic exchange', () => {
    expect(() => parse([`${header},source`, row('2024-01-04', ' synthetic ')])).toThrow(
      'line 2: source: the bar was made',
    );
    expect(parse([`${header},source`, row('2024-01-04', 'jquants')]).times).toHaveLength(1);
  });

  it.each([
    ['', true],
    ['0', true],
    ['00:00:00', true],
    ['09:00', false],
    ['1', false],
  ])('may be no time of the day: %j is taken: %s', (time, isTaken) => {
    const read = () =>
      parse([`date,time,open,high,low,close,volume`, `2024-01-04,${time},10,12,9,11,100`]).times.length;
    if (isTaken) expect(read()).toBe(1);
    else expect(read).toThrow(`line 2: there is a time of the day, "${time}", in a column of its own`);
  });
});

describe('a file of many symbols', () => {
  const text = [
    `code,${header}`,
    `7203,${row('2024-01-04')}`,
    `N225,${row('2024-01-04')}`,
    `65010,${row('2024-01-04')}`,
    `7203.T,${row('2024-01-05')}`,
    `N225,${row('2024-01-05')}`,
    `DOW,${row('2024-01-05')}`,
  ].join('\n');

  it('has the rows of each, with their lines, and the rows of codes that are none', async () => {
    const many = (await findSymbols(text, 'all.csv'))!;
    expect(many.symbols).toEqual(['6501', '7203']);
    expect([...many.strangers]).toEqual([
      ['N225', 2],
      ['DOW', 1],
    ]);
    const [one, other] = many.symbols.map((symbol) => parseBarsOf(many, symbol, 'all.csv'));
    expect([[...one!.lines], [...other!.lines]]).toEqual([[4], [2, 5]]);
    expect(other!.rowText(1)).toBe(`7203.T,${row('2024-01-05')}`);
    expect(await findSymbols([header, row('2024-01-04')].join('\n'), 'x.csv')).toBeUndefined();
  });

  it.each([
    [['6501'], 'holds rows of "6501"; name'],
    [['6501', '6502', '6503'], 'holds rows of "6501", "6502", "6503"; name'],
    [['6501', '6502', '6503', '6504'], 'holds rows of "6501", "6502", "6503" and others; name'],
  ])('named for one is refused with the others %j', (codes, message) => {
    const rows = ['7203', ...codes, ...codes].map((code) => `${code},${row('2024-01-04')}`);
    const symbol = '7203' as NonNullable<NonNullable<Options>['symbol']>;
    expect(() => parse([`code,${header}`, ...rows], { symbol })).toThrow(`x.csv: it is named for 7203, but ${message}`);
    expect(parse([`code,${header}`, rows[0]!], { symbol }).times).toHaveLength(1);
  });

  it('side by side, named for one, is refused with the others', () => {
    const lines = (tickers: readonly string[]) => [
      `Price,${tickers.map(() => 'Close,High,Low,Open,Volume').join(',')}`,
      `Ticker,${tickers.flatMap((each) => Array.from({ length: 5 }, () => each)).join(',')}`,
      `Date${','.repeat(5 * tickers.length)}`,
      `2024-01-04,${tickers.map(() => '11,12,9,10,100').join(',')}`,
    ];
    const symbol = '7203' as NonNullable<NonNullable<Options>['symbol']>;
    expect(parse(lines(['7203.T']), { symbol })).toMatchObject({
      form: { header: 'yfinance' },
      lines: Int32Array.of(4),
    });
    expect(() => parse(lines(['7203.T', '6501.T']), { symbol })).toThrow('it is named for 7203, but holds 6501');
    expect(() => parse(lines(['^N225', 'DOW']))).toThrow('line 2: no ticker is one of the Tokyo Stock Exchange');
  });
});
