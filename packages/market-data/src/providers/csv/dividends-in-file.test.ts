import { describe, expect, it } from 'vitest';
import { parseBarFile } from './bar-file.ts';

/** The factors of a text of daily bars; open, high, low and volume say nothing of dividends. */
function factorsOf(header: string, rows: readonly (readonly [date: string, close: number, more: string])[]) {
  const lines = rows.map(([date, close, more]) => `${date},${close},${close + 5},${close - 5},${close},100,${more}`);
  const { factors = [] } = parseBarFile([`date,open,high,low,close,volume,${header}`, ...lines].join('\n'), 'a.csv');
  return factors.map(({ date, kind, value, knownOn }) => [date, kind, value, knownOn]);
}

describe('dividends of a file', () => {
  it('are the steps of its adjusted closes, in yen of the close before', () => {
    // 20 yen go from the 1,000 of 2024-03-27: earlier closes are times 0.98.
    expect(
      factorsOf('adjclose', [
        ['2024-03-26', 990, '970.2'],
        ['2024-03-27', 1_000, '980'],
        ['2024-03-28', 985, '985'],
        ['2024-03-29', 990, '990'],
      ]),
    ).toEqual([['2024-03-28', 'dividend', 20, '2024-03-28']]);
  });

  it('are not the step of a split', () => {
    expect(
      factorsOf('adjclose', [
        ['2024-03-27', 1_000, '500'],
        ['2024-03-28', 505, '505'],
      ]),
    ).toEqual([]);
  });

  it('are those of a column of dividends where there is one', () => {
    expect(
      factorsOf('Dividends', [
        ['2024-03-27', 1_000, '0.0'],
        ['2024-03-28', 985, '25.5'],
        ['2024-03-29', 985, ''],
      ]),
    ).toEqual([['2024-03-28', 'dividend', 25.5, '2024-03-28']]);
  });

  it('keep out a row whose dividend is a word, and take an empty one for none', () => {
    const text = 'date,open,high,low,close,volume,配当\n2024-03-27,1,1,1,1,1,none\n2024-03-28,1,1,1,1,1,-';
    const { factors, malformed, times } = parseBarFile(text, 'a.csv');
    expect([factors, times.length]).toEqual([[], 1]);
    expect(malformed).toMatchObject([{ line: 2, reason: 'not-a-number' }]);
    expect(malformed[0]?.message).toContain('dividend: expected a number');
  });
});
