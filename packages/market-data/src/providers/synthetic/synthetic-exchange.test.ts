import { closedReason, dateOfDayNumber, dayNumber, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { type BarColumns, mapBars } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSyntheticExchange } from './synthetic-exchange.ts';

const to = parseTradeDate('2026-11-24');
const exchange = createSyntheticExchange({ seed: 20_261_124, symbols: 40 });
const everySymbol = exchange.symbols.map((listed) => ({
  listed,
  bars: exchange.bars(listed.symbol, exchange.start, to),
}));

function first(bars: BarColumns, count: number): BarColumns {
  return { days: bars.days.slice(0, count), ...mapBars(bars, (column) => column.slice(0, count)) };
}

describe('the companies', () => {
  it('have codes below those of the exchange, and names that say they are fictional, no two alike', () => {
    const { symbols } = createSyntheticExchange({ seed: 3, symbols: 899 });
    expect(symbols.map(({ symbol }) => symbol)).toEqual(
      Array.from({ length: 899 }, (_, i) => String(i + 101).padStart(4, '0')),
    );
    expect(new Set(symbols.map(({ name }) => name)).size).toBe(899);
    for (const { name, synthetic } of symbols) {
      expect(name).toMatch(/^架空./);
      expect(synthetic).toBe(true);
    }
  });
});

describe('the bars', () => {
  it('lie on sessions of the exchange, each at most once, nearly all of them', () => {
    const sessions = sessionsBetween(exchange.start, to);
    for (const { bars } of everySymbol) {
      const days = Array.from(bars.days, (day) => dateOfDayNumber(day));
      expect(days.filter((date) => closedReason(date) !== undefined)).toEqual([]);
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.length).toBeGreaterThan(sessions.length * 0.99);
    }
  });

  it('are the same bytes for the same seed, other ones for another', { tags: ['long'] }, () => {
    const again = createSyntheticExchange({ seed: 20_261_124, symbols: 40 });
    const other = createSyntheticExchange({ seed: 20_261_125, symbols: 40 });
    for (const { listed, bars } of everySymbol) {
      expect(again.bars(listed.symbol, exchange.start, to)).toEqual(bars);
      expect(other.bars(listed.symbol, exchange.start, to).close).not.toEqual(bars.close);
    }
  });

  it('of a shorter range, or of an exchange with fewer symbols, are how the longer ones begin', {
    tags: ['long'],
  }, () => {
    const sessions = sessionsBetween(exchange.start, to);
    const anySession = fc.integer({ min: 0, max: sessions.length - 1 });
    fc.assert(
      fc.property(anySession, fc.integer({ min: 1, max: 40 }), (t, count) => {
        const small = createSyntheticExchange({ seed: 20_261_124, symbols: count });
        const { listed, bars } = everySymbol[count - 1]!;
        const shorter = small.bars(listed.symbol, exchange.start, sessions[t]!);
        expect(shorter).toEqual(first(bars, shorter.days.length));
        expect(bars.days[shorter.days.length] ?? Infinity).toBeGreaterThan(dayNumber(sessions[t]!));
        expect(small.bars(listed.symbol, exchange.start, to)).toEqual(bars);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is refused', () => {
  it('a symbol that is not listed, with those that are', () => {
    expect(() => exchange.bars('7203', exchange.start, to)).toThrow(
      expect.objectContaining({ code: 'data.symbol-unknown', message: expect.stringContaining('0101 to 0140') }),
    );
  });
});
