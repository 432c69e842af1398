import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { storedUpTo } from '../provider-context.fixture.ts';
import {
  type AskedDays,
  earlier,
  inUse,
  joinedSymbols,
  later,
  missingOf,
  newestReadySession,
  sessionsMissing,
  storedOf,
} from './missing-bars.ts';

const day = (text: string) => parseTradeDate(text);
const symbol = parseSymbol('7203');
// A Thursday and a Wednesday.
const range = { from: day('2025-01-09'), to: day('2025-01-22') };
/** Bars from Tuesday 2025-01-14 to Friday 2025-01-17. */
const stored = storedUpTo('7203', '2025-01-17', { firstDate: day('2025-01-14') });

describe('the missing days of a symbol', () => {
  const missing = (bars: typeof stored | undefined, more: Partial<AskedDays> = {}) =>
    missingOf(symbol, bars, { range, isFromGiven: false, ...more });
  const days = (from: string, to: string) => ({ from: day(from), to: day(to) });

  it('are all of them without real bars', () => {
    const all = { symbol, ranges: [range], storedFrom: undefined };
    expect(missing(undefined)).toEqual(all);
    expect(missing({ ...stored, bars: 0 })).toEqual(all);
    expect(missing({ ...stored, synthetic: true })).toEqual(all);
    expect([inUse(undefined), inUse({ ...stored, bars: 0 }), inUse({ ...stored, synthetic: true })]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(inUse({ ...stored, bars: 1 })).toEqual({ ...stored, bars: 1 });
  });

  it.each<[string, Partial<typeof stored>, Partial<AskedDays>, readonly ReturnType<typeof days>[]]>([
    ['those after the last bar', {}, {}, [days('2025-01-18', '2025-01-22')]],
    [
      'those after the last day that was asked for',
      { askedTo: day('2025-01-20') },
      {},
      [days('2025-01-21', '2025-01-22')],
    ],
    ['those after a last bar that is newer', { askedTo: day('2025-01-16') }, {}, [days('2025-01-18', '2025-01-22')]],
    ['those after the last bar, where nothing says more', { askedTo: null }, {}, [days('2025-01-18', '2025-01-22')]],
    [
      'also those before the first bar, where the user names the first day',
      {},
      { isFromGiven: true },
      [days('2025-01-09', '2025-01-13'), days('2025-01-18', '2025-01-22')],
    ],
    ['none before the first day', { lastDate: day('2025-01-06'), firstDate: day('2025-01-06') }, {}, [range]],
    [
      'none after the last day',
      { firstDate: day('2025-02-03'), lastDate: day('2025-02-04') },
      { isFromGiven: true },
      [range],
    ],
    ['all of them where they are asked for again', {}, { isAgain: true }, [range]],
  ])('are %s', (_, bars, more, ranges) => {
    const found = missing({ ...stored, ...bars }, more);
    expect(found).toEqual({ symbol, ranges, storedFrom: bars.firstDate ?? stored.firstDate });
  });

  it.each([
    ['2025-01-22', false, 0],
    ['2025-01-21', false, 1],
    // A Friday and the weekend after it.
    ['2025-01-17', true, 0],
  ])('are none without a session: stored to %s', (lastDate, isWeekend, count) => {
    const to = day(isWeekend ? '2025-01-19' : '2025-01-22');
    const found = missing({ ...stored, lastDate: day(lastDate) }, { range: { ...range, to } });
    expect(found?.ranges ?? []).toHaveLength(count);
  });

  it('of several ranges are each session once, in order', () => {
    expect(sessionsMissing([days('2025-01-20', '2025-01-21'), days('2025-01-17', '2025-01-20')])).toEqual([
      '2025-01-17',
      '2025-01-20',
      '2025-01-21',
    ]);
  });
});

it('the earlier and the later of two days are told apart', () => {
  const [one, other] = [day('2025-01-09'), day('2025-01-10')];
  expect([earlier(one, other), earlier(other, one), earlier(one, one)]).toEqual([one, one, one]);
  expect([later(one, other), later(other, one), later(one, one)]).toEqual([other, other, one]);
});

it.each([
  ['2025-06-02T16:29:59', 0, '2025-05-30'],
  ['2025-06-02T16:30:00', 0, '2025-06-02'],
  ['2025-06-02T16:30:00', 1, '2025-05-30'],
  ['2025-06-03T16:29:59', 1, '2025-05-30'],
  ['2025-06-03T16:30:00', 1, '2025-06-02'],
  // The exchange closed at 15:00 up to 2024-11-01.
  ['2024-11-01T15:59:59', 0, '2024-10-31'],
  ['2024-11-01T16:00:00', 0, '2024-11-01'],
])('at %s with a delay of %d days the newest session that is ready is %s', (now, delay, session) => {
  expect(newestReadySession(Date.parse(`${now}+09:00`), delay)).toBe(session);
});

it('stored symbols are up to date from the newest session on, and behind before it', async () => {
  const all = [
    storedUpTo('7203', '2025-06-02'),
    storedUpTo('6501', '2025-05-30'),
    storedUpTo('8306', '2025-06-03'),
    storedUpTo('7267', '2025-06-02', { synthetic: true }),
  ];
  const codes = async (symbols: readonly string[] | undefined) => {
    const { behind, upToDate } = await storedOf(symbols, { list: async () => all }, day('2025-06-02'));
    return [behind.map((one) => one.symbol), upToDate.map((one) => one.symbol)];
  };
  expect(await codes(undefined)).toEqual([['6501'], ['7203', '8306']]);
  expect(await codes(['72030', '7267'])).toEqual([[], ['7203']]);
});

it('joined requests have the symbols of both, the newer first, and all where the newer names none', () => {
  type Request = { readonly name: string; readonly symbols?: readonly string[] };
  const newer: Request = { name: 'newer' };
  const older: Request = { name: 'older', symbols: ['7203', '65010'] };
  expect(joinedSymbols(newer, older)).toBe(newer);
  expect(joinedSymbols<Request>({ ...newer, symbols: ['65010'] }, { name: 'older' })).toEqual({
    ...newer,
    symbols: ['6501'],
  });
  expect(joinedSymbols<Request>({ ...newer, symbols: ['6501'] }, older)).toEqual({
    ...newer,
    symbols: ['6501', '7203'],
  });
});
