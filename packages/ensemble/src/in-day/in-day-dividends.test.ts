import { mapBars, type Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { buildInDayDataset } from './in-day-dataset.ts';

const symbols = 2;
const bars = noisePanel({ symbolCount: symbols, sessionCount: 60, seed: 4 });
/** The first symbol goes ex on session 50; a little less was expected on the evening before. */
const [exDay, paid, expected] = [50, 30, 28];
const columnWith = (yen: number, t: number) => bars.close.map((_, row) => (row === t * symbols ? yen : 0));
const panel = {
  ...bars,
  dividends: { paid: columnWith(paid, exDay), expected: columnWith(expected, exDay - 1) },
};
const overnight = new Float64Array(60).fill(0.001);
const row = (exDay - 1) * symbols;

describe('an ex-day within the day', () => {
  it('is forecast at 08:30 from the close before it, less the dividend that was expected', () => {
    const { close, label } = buildInDayDataset({ panel, overnight }, 'close@08:30');
    expect(close[row]).toBe(bars.close[row]! - expected);
    expect(label[row]).toBeCloseTo(Math.log(bars.close[row + symbols]! / (bars.close[row]! - expected)), 12);
    expect(close[row + 1]).toBe(bars.close[row + 1]);
  });

  it('has no gap and no return that is the dividend', () => {
    const gapOf = (of: Panel) => {
      const { scaleColumns } = buildInDayDataset({ panel: of, overnight }, 'close@open');
      return scaleColumns.values[scaleColumns.names.indexOf('gap') * scaleColumns.rows + row]!;
    };
    expect(gapOf(panel)).toBeGreaterThan(gapOf(bars));
    const scaleOf = (of: Panel) => buildInDayDataset({ panel: of, overnight }, 'close@08:30').scale;
    const lower = { ...bars, ...mapBars(bars, (column) => column.slice()) };
    for (const column of [lower.open, lower.high, lower.low, lower.close]) {
      for (let t = exDay; t < 60; t += 1) column[t * symbols]! -= paid;
    }
    // Prices that fall by the dividend and stay there have nearly the scale of those that never paid one.
    const fell = scaleOf({ ...lower, dividends: panel.dividends })[row + symbols]!;
    expect(Math.abs(fell / scaleOf(bars)[row + symbols]! - 1)).toBeLessThan(
      Math.abs(scaleOf(lower)[row + symbols]! / scaleOf(bars)[row + symbols]! - 1),
    );
  });
});
