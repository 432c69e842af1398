import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { movedSessions, syntheticAnnouncements } from './companies.ts';
import { createSyntheticExchange } from './synthetic-exchange.ts';

const from = parseTradeDate('2022-01-04');
const to = parseTradeDate('2026-10-20');

describe('the results of synthetic companies', () => {
  it('come four times a year, and a plan is known four weeks before', () => {
    const announcements = syntheticAnnouncements(parseSymbol('0101'), parseTradeDate('2026-05-01'), to);
    expect(announcements.map(({ date, kind, time, knownSince }) => [date, kind, time, knownSince])).toEqual([
      ['2026-05-08', 'planned', '15:30', '2026-04-09T15:00:00.000Z'],
      ['2026-05-08', 'made', '15:30', undefined],
      ['2026-08-10', 'planned', '15:30', '2026-07-12T15:00:00.000Z'],
      ['2026-08-10', 'made', '15:30', undefined],
      ['2026-11-09', 'planned', '15:30', '2026-10-11T15:00:00.000Z'],
    ]);
    expect(syntheticAnnouncements(parseSymbol('0105'), from, to)[0]).toMatchObject({ time: '13:00' });
  });

  it('move the session that knows them first more than others', () => {
    const exchange = createSyntheticExchange({ seed: 1, symbols: 40 });
    const sizes = { moved: [] as number[], other: [] as number[] };
    for (const { symbol } of exchange.symbols) {
      const moved = new Set<number>(movedSessions(symbol, from, to).map(dayNumber));
      const { days, close } = exchange.bars(symbol, from, to);
      for (let t = 1; t < days.length; t++) {
        sizes[moved.has(days[t]!) ? 'moved' : 'other'].push(Math.abs(Math.log(close[t]! / close[t - 1]!)));
      }
    }
    const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1]!;
    expect(sizes.moved.length).toBeGreaterThan(600);
    expect(median(sizes.moved) / median(sizes.other)).toBeGreaterThan(1.5);
  });
});
