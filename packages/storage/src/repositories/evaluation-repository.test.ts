import { parseSymbol, parseTradeDate } from '@daytrade/market';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleJudged } from '../testing/sample-records.ts';
import { openJudged, packJudged } from './evaluation-repository.ts';

const symbols = ['0101', '0102', '130A'].map((code) => parseSymbol(code));

describe('the archive of judged predictions', () => {
  it('gives every symbol its own rows back, in the order of sessions', async () => {
    const days = fc.uniqueArray(fc.integer({ min: 10, max: 28 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...symbols)), days, async (chosen, daysOfMonth) => {
        const judgedOf = (of: number) =>
          daysOfMonth.map((day) => sampleJudged({ session: parseTradeDate(`2026-11-${day}`), centre: of + day / 100 }));
        const archive = await packJudged(chosen.map((symbol, i) => [symbol, judgedOf(i)]));
        for (const symbol of symbols) {
          const own = chosen.includes(symbol) ? judgedOf(chosen.indexOf(symbol)) : [];
          expect(await openJudged(archive).rowsOf(symbol)).toEqual(
            own.toSorted((one, other) => one.session.localeCompare(other.session)),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same bytes for the same rows in any order', async () => {
    const judged = ['2026-11-20', '2026-11-24'].map((day) => sampleJudged({ session: parseTradeDate(day) }));
    const rows = symbols.map((symbol) => [symbol, judged] as const);
    const reversed = symbols.toReversed().map((symbol) => [symbol, judged.toReversed()] as const);
    expect(await packJudged(reversed)).toEqual(await packJudged(rows));
  });
});
