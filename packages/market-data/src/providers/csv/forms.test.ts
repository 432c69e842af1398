import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type DayNumber, dateOfDayNumber } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CsvFolderProvider } from './csv-provider.ts';

/** 日付,始値,高値,安値,終値,出来高 in Shift_JIS, which Node.js reads and does not write. */
const japaneseHeader = Buffer.from('93fa95742c8e6e926c2c8d82926c2c88c0926c2c8f49926c2c8f6f97888d82', 'hex');
const days = ['2025-01-06', '2025-01-07', '2025-01-08'];
const prices = [
  [2_000, 2_030, 1_990, 2_010, 1_000_100],
  [2_010, 2_040, 2_000, 2_020, 1_100_200],
  [2_030, 2_050, 2_020, 2_040, 1_300_300],
] as const;

/** The rows of the three days, each made of the text of its day. */
function rows(day: (date: string) => string, separator = ','): string[] {
  return days.map((date, index) => [day(date), ...prices[index]!].join(separator));
}

const [year, month, dayOfMonth] = [0, 5, 8].map(
  (from, i) => (date: string) => date.slice(from, from + (i === 0 ? 4 : 2)),
);
const plain = 'date,open,high,low,close,volume';
const utc = (date: string, hours: number) => Date.parse(`${date}T00:00:00Z`) + hours * 3_600_000;

async function read(name: string, content: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-forms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), content);
  const provider = new CsvFolderProvider({ folder });
  const { sources, skipped } = await provider.list();
  const all = await Promise.all(sources.map((source) => provider.read(source)));
  return { sources, skipped, all };
}

type Content = string | Uint8Array;
/** Name of the form, name of the file (default: 7203.csv), content, and the form that is reported. */
type Form = readonly [what: string, content: Content, form: object] | readonly [string, string, Content, object];
const lines = (...text: readonly string[]) => text.join('\n');
const file = (day: (date: string) => string) => lines(plain, ...rows(day));

const forms: readonly Form[] = [
  [
    'plain',
    file((date) => date),
    { encoding: 'UTF-8', separator: 'commas', header: 'English', dates: ['2025-01-06'], packing: 'none' },
  ],
  ['gzip', '7203.T.csv.gz', gzipSync(file((date) => date)), { packing: 'gzip' }],
  ['semicolons', lines(plain.replaceAll(',', ';'), ...rows((date) => date, ';')), { separator: 'semicolons' }],
  ['tabs', '7203.tsv', lines(plain.replaceAll(',', '\t'), ...rows((date) => date, '\t')), { separator: 'tabs' }],
  ['a byte order mark', `\ufeff${file((date) => date)}`, { encoding: 'UTF-8 with a byte order mark' }],
  [
    'UTF-16 of a spreadsheet',
    Buffer.from(`\ufeff${lines(plain.replaceAll(',', '\t'), ...rows((date) => date, '\t'))}`, 'utf16le'),
    { encoding: 'UTF-16', separator: 'tabs' },
  ],
  [
    'Shift_JIS',
    Buffer.concat([japaneseHeader, Buffer.from(`\r\n${rows((date) => date).join('\r\n')}\r\n`)]),
    { encoding: 'Shift_JIS', header: 'Japanese' },
  ],
  [
    'quotes and thousands',
    lines(
      `"${plain.replaceAll(',', '","')}"`,
      ...days.map((date, i) =>
        [date, ...prices[i]!.map((value) => value.toLocaleString('en-GB'))].map((field) => `"${field}"`).join(','),
      ),
    ),
    {},
  ],
  [
    'a Japanese header with units, and further columns',
    lines(
      'コード,銘柄名,日付,始値(円),高値（円）,安値(円),終値(円),前日終値,前日比,出来高(株),売買代金(千円)',
      ...days.map((date, i) =>
        ['7203', '自動車', date, ...prices[i]!.slice(0, 4), '-', '', prices[i]![4], 9].join(','),
      ),
    ),
    { header: 'Japanese' },
  ],
  [
    'thousands of shares',
    lines(
      '日付,始値,高値,安値,終値,出来高(千株)',
      ...days.map((date, i) => [date, ...prices[i]!.slice(0, 4), prices[i]![4] / 1_000].join(',')),
    ),
    { volumeUnit: 1_000 },
  ],
  [
    'a title above the header',
    lines('7203 自動車 日足', '', '日付,始値,高値,安値,終値,売買高', ...rows((date) => date)),
    { header: 'Japanese' },
  ],
  [
    'slashes',
    file((date) => `${year!(date)}/${Number(month!(date))}/${Number(dayOfMonth!(date))}`),
    { dates: ['2025/1/6'] },
  ],
  [
    'investing.com in Japanese',
    lines(
      '\ufeff"日付け","終値","始値","高値","安値","出来高","変化率 %"',
      ...days
        .map((date, i) => {
          const [open, high, low, close, volume] = prices[i]!.map((value) => value.toLocaleString('en-GB'));
          const written = i === 2 ? '1,300.3K' : `${Number(volume!.replaceAll(',', '')) / 1e6}M`;
          const day = `${year!(date)}年${month!(date)}月${dayOfMonth!(date)}日`;
          return [day, close, open, high, low, written, '-0.53%'].map((field) => `"${field}"`).join(',');
        })
        .toReversed(),
    ),
    { header: 'Japanese' },
  ],
  [
    'investing.com in English',
    lines(
      '"Date","Price","Open","High","Low","Vol.","Change %"',
      '"12/31/2024","-","-","-","-","-",""',
      ...days.map((date, i) => {
        const [open, high, low, close, volume] = prices[i]!;
        const day = `${month!(date)}/${dayOfMonth!(date)}/${year!(date)}`;
        return [day, close, open, high, low, volume, '0%'].map((field) => `"${field}"`).join(',');
      }),
    ),
    { dates: ['MM/DD/YYYY'] },
  ],
  [
    'the day first',
    lines(plain, '31/12/2024,-,-,-,-,-', ...rows((date) => date.split('-').toReversed().join('.'))),
    { dates: ['DD/MM/YYYY'] },
  ],
  [
    'two digits of the year, as 株探 writes it',
    '7203.tsv',
    lines(
      '日付\t始値\t高値\t安値\t終値\t前日比\t前日比％\t売買高(株)',
      '24/12/31\t-\t-\t-\t-\t\t\t-',
      ...days.map((date, i) =>
        [date.slice(2).replaceAll('-', '/'), ...prices[i]!.slice(0, 4), '+5', '+0.2', prices[i]![4]].join('\t'),
      ),
    ),
    { dates: ['YY/MM/DD'] },
  ],
  ['years of Reiwa', file((date) => `令和7年${date.slice(5, 7)}月${date.slice(8)}日`), {}],
  ['digits', file((date) => date.replaceAll('-', '')), { dates: ['20250106'] }],
  [
    'Japanese dates',
    file((date) => `${year!(date)}年${Number(month!(date))}月${Number(dayOfMonth!(date))}日`),
    { dates: ['2025年1月6日'] },
  ],
  [
    'midnight in Japan as UTC, the day before',
    lines(plain.replace('date', 'timestamp'), ...rows((date) => new Date(utc(date, -9)).toISOString())),
    {},
  ],
  ['midnight without an offset', file((date) => `${date} 00:00:00`), { dates: ['2025-01-06 with a time'] }],
  [
    'seconds since 1970',
    lines(plain.replace('date', 'timestamp'), ...rows((date) => String(utc(date, 0) / 1_000))),
    { dates: ['seconds since 1970'] },
  ],
  [
    'yfinance with one ticker',
    lines(
      'Price,Open,High,Low,Close,Volume',
      'Ticker,7203.T,7203.T,7203.T,7203.T,7203.T',
      'Date,,,,,',
      ...rows((date) => date),
    ),
    { header: 'yfinance' },
  ],
  [
    'a column of codes',
    'all.csv',
    lines('symbol,date,open,high,low,close,volume', ...rows((date) => `72030,${date}`)),
    {},
  ],
  [
    'tickers side by side',
    'all.csv',
    lines(
      'Price,Open,High,Low,Close,Volume,Close',
      'Ticker,7203.T,7203.T,7203.T,7203.T,7203.T,AAPL',
      'Date,,,,,,',
      ...rows((date) => date).map((row) => `${row},200`),
    ),
    { header: 'yfinance' },
  ],
];

describe('the forms in which bars come', () => {
  it.each(forms.map((form) => [form[0], form] as const))('%s', async (_, given) => {
    const [name, content, form] =
      given.length === 4 ? (given.slice(1) as [string, Content, object]) : (['7203.csv', given[1], given[2]] as const);
    const { sources, all } = await read(name, content);
    expect(sources.map(({ symbol }) => symbol)).toEqual(['7203']);
    const [bars] = all;
    expect(bars!.malformed).toEqual([]);
    const read1 = [...bars!.times.keys()].sort((a, b) => bars!.times[a]! - bars!.times[b]!);
    expect(bars!.interval).toBe('1d');
    expect(read1.map((i) => dateOfDayNumber(bars!.times[i] as DayNumber))).toEqual(days);
    const { open, high, low, close, volume } = bars!;
    expect(read1.map((i) => [open[i], high[i], low[i], close[i], volume[i]])).toEqual(prices);
    expect(bars!.form).toMatchObject(form);
  });
});

describe('files of many symbols', () => {
  it('give each symbol its rows, in whatever order they stand, and name codes that are none', async () => {
    const text = lines(
      'date,code,open,high,low,close,volume',
      ...days.flatMap((date, i) => ['7203', '6501.T', 'N225'].map((code) => [date, code, ...prices[i]!].join(','))),
    );
    const { sources, skipped, all } = await read('prices.csv', text);
    expect(sources.map(({ symbol }) => symbol)).toEqual(['6501', '7203']);
    expect(all.map(({ times, lines: at }) => [times.length, at[0]])).toEqual([
      [3, 3],
      [3, 2],
    ]);
    expect(skipped).toMatchObject([{ message: expect.stringContaining('3 rows of "N225", which are not codes') }]);
  });

  it('count the days of a ticker before its first as days without trade', async () => {
    const text = lines(
      'Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume',
      `Ticker,${'7203.T,'.repeat(5)}${'6501.T,'.repeat(5).slice(0, -1)}`,
      'Date,,,,,,,,,,',
      ...days.map((date, i) => [date, ...prices[i]!, ...(i === 0 ? ['', '', '', '', ''] : prices[i]!)].join(',')),
    );
    const { all } = await read('two.csv', text);
    expect(all.map(({ times, rowsWithoutTrade }) => [times.length, rowsWithoutTrade])).toEqual([
      [3, 0],
      [2, 1],
    ]);
  });

  it('are refused under the name of one symbol', async () => {
    const text = lines(
      'date,code,open,high,low,close,volume',
      `2025-01-06,7203,${prices[0].join(',')}`,
      `2025-01-06,6501,${prices[0].join(',')}`,
    );
    await expect(read('7203.csv', text)).rejects.toThrow(
      'it is named for 7203, but holds rows of "6501"; name a file of several symbols otherwise',
    );
  });
});

describe('what can be read in two ways is refused with both', () => {
  it.each([
    [
      '01/02/2025',
      '2025-02-01 (day first) or 2025-01-02 (month first); say which by --date-format, as DD/MM/YYYY or MM/DD/YYYY',
    ],
    ['25/01/06', '2025-01-06 (year first) or 2006-01-25 (day first)'],
    ['2025-01-06 15:00:00', '2025-01-06 (time of Japan) or 2025-01-07 (UTC)'],
  ])('the date %s', async (text, message) => {
    const { all } = await read('7203.csv', lines(plain, ...rows(() => text)));
    expect(all[0]!.malformed.map((row) => row.message)).toEqual(days.map(() => expect.stringContaining(message)));
  });

  it('a thousand between semicolons', async () => {
    const text = lines(plain.replaceAll(',', ';'), '2025-01-06;1,010;1010;1010;1010;100');
    const { all } = await read('7203.csv', text);
    expect(all[0]!.malformed[0]!.message).toContain('"1,010" between semicolons can be read as 1010 or 1.010');
  });
});

describe('what is none of these is refused in words', () => {
  const minutes = Array.from(
    { length: 60 },
    (_, i) => `2025-01-06 09:${String(i).padStart(2, '0')}:00+09:00,${prices[0].join(',')}`,
  );
  it.each<readonly [string, string, string | Uint8Array, string]>([
    [
      'a gzip file that was cut off',
      '7203.csv.gz',
      gzipSync(lines(plain, ...rows((date) => date))).subarray(0, 60),
      'is damaged or was cut off',
    ],
    ['a workbook', '7203.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'a zip archive or a workbook'],
    ['UTF-16', '7203.csv', Buffer.from(plain, 'utf16le'), 'a binary file (or UTF-16)'],
    ['EUC-JP', '7203.csv', Buffer.from('c6fcc9d52cbbcfc3cd2cb9e2c3cd2cb0c2c3cd2cbdaac3cd2cbdd0b9e2b9e20a', 'hex'), ''],
    [
      'bars of one minute',
      '7203.csv',
      lines(plain.replace('date', 'timestamp'), ...minutes),
      'its bars are 1 minutes apart',
    ],
    [
      'a time beside the date',
      '7203.csv',
      lines('日付,時刻,始値,高値,安値,終値,出来高', ...rows((date) => `${date},09:05`)),
      'a time of the day, "09:05", in a column of its own',
    ],
    [
      'one column in two languages',
      '7203.csv',
      lines(`${plain},終値`, ...rows((date) => date).map((row) => `${row},1`)),
      'the column 終値 is there twice',
    ],
  ])('%s', (_, name, content, message) => isRefused(name, content, message));

  it('a file that is far larger when unpacked', { tags: ['long'] }, async () => {
    const bomb = gzipSync(Buffer.alloc(257 * 2 ** 20, 'x'));
    await isRefused('7203.csv.gz', bomb, 'unpacked, it has more than 268435456 bytes');
  });

  const isRefused = (name: string, content: string | Uint8Array, message: string) =>
    expect(read(name, content)).rejects.toMatchObject({
      code: 'data.file-unreadable',
      message: expect.stringContaining(message),
    });
});
