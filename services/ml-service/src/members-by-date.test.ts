import { DayTradeError } from '@daytrade/errors';
import { dayNumber, type MemberSpan, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { SymbolRecord } from '@daytrade/storage';
import { describe, expect, it } from 'vitest';
import { memberRows, membershipIn, tooLittleOf, universeUsed, withBarsIn } from './members-by-date.ts';

const span = (
  symbol: string,
  universe: MemberSpan['universe'],
  from: string | null,
  to: string | null,
): MemberSpan => ({
  symbol: parseSymbol(symbol),
  universe,
  from: from === null ? null : parseTradeDate(from),
  to: to === null ? null : parseTradeDate(to),
  reason: null,
  source: 'import',
});
/** 6502 leaves the exchange, though its membership was left open; 7203 joins late; 9984 leaves and comes back. */
const record = {
  spans: [
    span('6502', 'topix100', '2024-01-04', null),
    span('6502', 'listed', '2019-01-04', '2024-01-09'),
    span('7203', 'topix100', '2024-01-10', null),
    span('9984', 'topix100', '2024-01-04', '2024-01-04'),
    span('9984', 'topix100', '2024-01-11', null),
    span('9999', 'topix100', '2024-01-04', '2024-01-05'),
  ],
  successions: [],
  observed: [],
};
const dates = sessionsBetween(parseTradeDate('2023-12-29'), parseTradeDate('2024-01-11'));
const symbols = ['6502', '7203', '9984'].map(parseSymbol);
const panel = {
  symbols: symbols.map((symbol) => ({ symbol, tickTable: 'standard' as const, priceBasis: 'traded' as const })),
  days: Int32Array.from(dates, dayNumber),
};
const stored = (symbol: string) => ({ symbol }) as SymbolRecord;

describe('the members of each session', () => {
  const membership = membershipIn(record, 'topix100');

  it('are those of the day: from joining, until leaving, and never after the listing ended', () => {
    const rows = memberRows(panel, membership);
    const table = dates.map((date, t) => `${date} ${[...rows.subarray(3 * t, 3 * t + 3)].join('')}`);
    expect(table).toEqual([
      '2023-12-29 000',
      '2024-01-04 101',
      '2024-01-05 100',
      '2024-01-09 100',
      '2024-01-10 010',
      '2024-01-11 011',
    ]);
  });

  it('are not fewer by a list that was first read later than the membership began', () => {
    const list = { ...span('7203', 'listed', '2024-01-11', null), source: 'jquants' };
    const membership = membershipIn({ ...record, spans: [...record.spans, list] }, 'topix100');
    const on = (date: string) => membership.isMember(parseSymbol('7203'), parseTradeDate(date));
    expect(['2024-01-09', '2024-01-10', '2024-01-11'].map(on)).toEqual([false, true, true]);
  });

  it('are read of all who ever were', () => {
    const all = ['6502', '7203', '9984', '1301'].map((symbol) => stored(symbol));
    expect(withBarsIn(all, membership).map(({ symbol }) => symbol)).toEqual(['6502', '7203', '9984']);
    expect(() => withBarsIn([stored('1301')], membership)).toThrow(
      'no member of topix100, past or present, has bars here',
    );
    expect(() => membershipIn(record, 'nikkei225')).toThrow('no members of nikkei225 by date are stored');
  });

  it('are named where their bars are missing', () => {
    const used = { universe: 'topix100', knownFrom: '2024-01-04' };
    expect(universeUsed(panel, membership)).toEqual({ ...used, withoutBars: 1, someWithoutBars: ['9999'] });
    const later = { ...panel, days: panel.days.subarray(3) };
    expect(universeUsed(later, membership)).toMatchObject({ withoutBars: 0 });
  });
});

describe('a listing', () => {
  const isMember = (universe: MemberSpan['universe'], date: string, ...listings: readonly MemberSpan[]) => {
    const spans = [span('7203', 'topix100', '2024-01-04', null), ...listings];
    return membershipIn({ ...record, spans }, universe).isMember(parseSymbol('7203'), parseTradeDate(date));
  };

  it.each([
    ['2024-01-04', '2024-01-05', null, true],
    ['2024-01-05', '2024-01-05', null, true],
    ['2024-01-09', '2024-01-05', '2024-01-09', true],
    ['2024-01-10', '2024-01-05', '2024-01-09', false],
    ['2024-01-04', null, '2024-01-09', true],
    ['2024-01-10', null, '2024-01-09', false],
  ])('on %s, from %s to %s, leaves a member: %s', (date, from, to, expected) => {
    expect(isMember('topix100', date, span('7203', 'listed', from, to))).toBe(expected);
  });

  it('is a universe of its own', () => {
    const listed = span('7203', 'listed', '2024-01-05', '2024-01-09');
    const dates = ['2024-01-04', '2024-01-05', '2024-01-09', '2024-01-10'];
    expect(dates.map((date) => isMember('listed', date, listed))).toEqual([false, true, true, false]);
  });
});

it('names ten members without bars at most', () => {
  const codes = Array.from({ length: 12 }, (_, i) => String(1_301 + i));
  const spans = codes.map((code) => span(code, 'topix100', null, null));
  const { knownFrom, withoutBars, someWithoutBars } = universeUsed(
    panel,
    membershipIn({ ...record, spans }, 'topix100'),
  );
  expect([knownFrom, withoutBars, someWithoutBars]).toEqual([null, 12, codes.slice(0, 10)]);
});

describe('an error of too few sessions', () => {
  const error = new DayTradeError('training.too-little-data', 'too little data', { details: { sessions: 3 } });
  const set = { universe: 'topix100', knownFrom: parseTradeDate('2024-01-04'), withoutBars: 0, someWithoutBars: [] };

  it('says since when the members are known', () => {
    const said = tooLittleOf(set as never, error) as DayTradeError;
    expect(said).toMatchObject({ code: error.code, details: { sessions: 3 }, cause: error });
    expect(said.message).toMatch(/^too little data; the members of topix100 are known from 2024-01-04 on; fetch/);
    const early = tooLittleOf({ ...set, knownFrom: null } as never, error) as DayTradeError;
    expect(early.message).toContain('are known only up to some day; fetch');
  });

  it('stays as it is without a universe, as any other error', () => {
    const others = [new DayTradeError('data.no-bars', 'none'), new Error('training.too-little-data'), undefined];
    expect(tooLittleOf(undefined, error)).toBe(error);
    expect(others.map((other) => tooLittleOf(set as never, other))).toEqual(others);
  });
});
