import { addDays, parseSymbol, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleJudgedRow } from '../testing/sample-records.ts';
import { packJudged, unpackJudged } from './judged-archive.ts';

const symbols = ['0101', '0102', '130A'].map((code) => parseSymbol(code));

describe('the archive of judged predictions', () => {
  it('gives every symbol its own rows back, in the order of sessions', async () => {
    const rowArbitrary = fc.record({
      symbol: fc.constantFrom(...symbols),
      session: fc.integer({ min: 10, max: 28 }).map((day) => parseTradeDate(`2026-11-${day}`)),
    });
    const rowsArbitrary = fc.uniqueArray(rowArbitrary, { selector: ({ symbol, session }) => symbol + session });
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, async (keys) => {
        const rows = keys.map((key, index) => sampleJudgedRow({ ...key, centre: index + 0.1 }));
        const archive = await packJudged(rows);
        for (const symbol of symbols) {
          const own = rows
            .filter((row) => row.symbol === symbol)
            .toSorted((one, other) => one.session.localeCompare(other.session))
            .map(({ symbol: _symbol, ...judged }) => judged);
          expect(await unpackJudged(archive, symbol)).toEqual(own);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same bytes for the same rows in any order', async () => {
    const rows = symbols.flatMap((symbol) =>
      ['2026-11-20', '2026-11-24'].map((day) => sampleJudgedRow({ symbol, session: parseTradeDate(day) })),
    );
    expect(await packJudged(rows.toReversed())).toEqual(await packJudged(rows));
  });

  it('holds 500 sessions of 60 symbols in little space', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) =>
      sampleJudgedRow({
        symbol: parseSymbol(String(1000 + (index % 60))),
        session: addDays(parseTradeDate('2024-01-01'), Math.floor(index / 60)),
        centre: 1000 + Math.sin(index) * 100,
      }),
    );
    const archive = await packJudged(rows);
    expect(archive.byteLength).toBeLessThan(2e6);
    expect(await unpackJudged(archive, parseSymbol('1030'))).toHaveLength(500);
  });
});
