import { dateOfDayNumber, dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { parseBarFile } from '../providers/csv/bar-file.ts';
import { inspectBars } from './inspect-bars.ts';

const sessions = sessionsBetween(parseTradeDate('2024-01-04'), parseTradeDate('2024-02-29'));
const at = 10;

/** Closes on the tick grid around 499 yen, then others from a session on. */
function inspect(...from: readonly number[]) {
  const lines = sessions.map((date, t) => {
    const close = from[Math.min(t - at, from.length - 1)] ?? 499 - (t % 3);
    return [date, close, close + 1, close - 1, close, 100 * (1_001 + t)].join(',');
  });
  const { form: _, ...rows } = parseBarFile(['date,open,high,low,close,volume', ...lines].join('\n'), '7203.csv');
  const master = {
    symbol: parseSymbol('7203'),
    name: '',
    sector: null,
    sizeGroup: null,
    tickTable: 'standard',
    lot: 100,
    synthetic: false,
    sharesOutstanding: null,
  } as const;
  return inspectBars({ ...rows, file: '7203.csv', master }, Date.parse('2026-11-27T00:00:00Z'));
}

describe('prices on the tick grid that no traded price could have', () => {
  it('are adjusted for a split, and nothing of them is kept out', () => {
    // From 499 the limit is 80 yen, from 1,497 it is 300: a third of a fall to the limit, which goes on from there.
    const { judgedBasis, entries, bars } = inspect(401, 398, 396);
    expect(judgedBasis).toMatchObject({ basis: 'split-adjusted', known: true });
    const date = dateOfDayNumber(dayNumber(sessions[at]!));
    expect(judgedBasis.reason).toBe(
      `on ${date} they went further from 499 than the daily limits let a traded price, ` +
        'and no further than one that a split of 1 to 3 divided later',
    );
    expect(entries.filter(({ severity }) => severity === 'quarantined')).toEqual([]);
    expect(bars.columns.close).toHaveLength(sessions.length);
  });

  it('are not shown by a fall within the limits, by a wild price, or by one that comes back', () => {
    for (const from of [[421], [60, 499], [401, 499]]) {
      expect(inspect(...from).judgedBasis).toMatchObject({ basis: 'traded', known: false });
    }
  });
});
