import { dayNumber, type MemberSpan, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { SymbolRecord } from '@daytrade/storage';
import { describe, expect, it } from 'vitest';
import { memberRows, membershipIn, universeUsed, withBarsIn } from './members-by-date.ts';

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
