import { japanTime } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import {
  ageInWords,
  basisInWords,
  basisPoints,
  count,
  duration,
  japanClock,
  named,
  ownFilesInWords,
  percent,
  priceDecimals,
  quantity,
  symbolDays,
  visible,
  yen,
} from './format.ts';

describe('yen', () => {
  it.each([
    [3071, '3,071'],
    [98.5, '98.5'],
    [1_234_567, '1,234,567'],
    [0.1 + 0.2, '0.3'],
  ])('%s is %s', (value, text) => {
    expect(yen(value)).toBe(text);
  });
});

it('prices of one table have one number of decimals', () => {
  const prices = [1262, 1297.6];
  expect(prices.map((price) => yen(price, priceDecimals(prices)))).toEqual(['1,262.0', '1,297.6']);
});

describe('a share or a width', () => {
  it('is shown with its unit, and a missing one as a dash', () => {
    expect(percent(0.9312)).toBe('93.1 %');
    expect(percent(0.9312, 0)).toBe('93 %');
    expect(basisPoints(723.4)).toBe('723 bp');
    for (const missing of [null, undefined, Number.NaN]) {
      expect([percent(missing), basisPoints(missing)]).toEqual(['–', '–']);
    }
  });
});

describe('duration', () => {
  it.each([
    [0, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [65, '1 min 05 s'],
    [3599.6, '1 h 00 min'],
    [7380, '2 h 03 min'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('an instant', () => {
  it('is shown as the clock in Tokyo, whatever the time zone of this machine', () => {
    expect(japanClock('2026-11-24T15:30:00Z')).toBe('2026-11-25 00:30');
    expect(japanClock(null)).toBe('–');
    expect(japanTime(Date.parse('2026-11-24T15:30:07Z'))).toBe('00:30:07');
  });
});

it.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
  [1_234, '1,234 files'],
])('%i files are %s', (files, text) => {
  expect(quantity(files, 'file')).toBe(text);
});

it('a number of things may have a plural of its own', () => {
  expect([1, 2].map((value) => quantity(value, 'bad one', 'bad ones'))).toEqual(['1 bad one', '2 bad ones']);
  expect(symbolDays(1, 1_000)).toBe('1 session x 1,000 symbols');
  expect(count(1_234_567)).toBe('1,234,567');
});

describe('some of many names', () => {
  const names = Array.from({ length: 13 }, (_, index) => `${index + 1}`);

  it.each([
    [names.slice(0, 12), [], '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12'],
    [names, [], '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 1 more'],
    [names.slice(0, 3), [3], '1, 2, 3'],
    [names.slice(0, 4), [3], '1, 2, 3 and 1 more'],
    [names.slice(0, 3), [3, 1_203], '1, 2, 3 and 1,200 more'],
    [[], [], ''],
  ])('of %j with %j are %j', (all, limits, text) => {
    expect(named(all, ...limits)).toBe(text);
  });
});

it('text that would steer a terminal is shown, and a line break stays', () => {
  expect(visible('a\u001b[2Jb\nc\r\u0007\u202ed\u007f')).toBe('a\\x1b[2Jb\nc\\x0d\\x07\\x202ed\\x7f');
  expect(visible('トヨタ 7203–')).toBe('トヨタ 7203–');
});

it('files of the user have the first eight signs of their hashes', () => {
  expect(ownFilesInWords([`features/a.ts ${'0123456789'.repeat(4)}`, `members/b.ts ${'f'.repeat(64)}`])).toBe(
    'features/a.ts 01234567…, members/b.ts ffffffff…',
  );
});

it('the age of bars is said while a session is missing', () => {
  const age = (sessionsBehind: number, daysBehind: number) => {
    const [newest, lastFinishedSession] = ['2026-11-20', '2026-11-24'] as unknown as [never, never];
    return ageInWords({ newest, lastFinishedSession, sessionsBehind, daysBehind });
  };
  expect(ageInWords(null)).toBeUndefined();
  expect(age(0, 0)).toBeUndefined();
  expect(age(1, 1)).toBe('bars end 2026-11-20, 1 session (1 day) before the last finished session, 2026-11-24');
  expect(age(2, 4)).toBe('bars end 2026-11-20, 2 sessions (4 days) before the last finished session, 2026-11-24');
});

it('prices are described once for all symbols, or for each basis with its number', () => {
  const [traded, split] = [{ priceBasis: 'traded' }, { priceBasis: 'split-adjusted' }] as const;
  expect(basisInWords([])).toEqual([]);
  expect(basisInWords([traded, traded])).toEqual(['Prices are as traded.']);
  expect(basisInWords([split, traded, split])).toEqual([
    'Prices of 1 symbol are as traded.',
    'Prices of 2 symbols are split-adjusted: those before the last split were never quoted at these levels.',
  ]);
});

it.each([
  [9.949, '9.9 s'],
  [9.95, '10 s'],
  [60, '1 min 00 s'],
  [3_540.4, '59 min 00 s'],
  [3_600, '1 h 00 min'],
  [36_000 + 59 * 60, '10 h 59 min'],
])('%s seconds at the end of a unit are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
