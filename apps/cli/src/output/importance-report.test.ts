import { importanceSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { importanceReport } from '../commands/models.ts';

const names = Array.from({ length: 17 }, (_, i) => `feature_${String(i + 1).padStart(2, '0')}`);
const importance = importanceSchema.parse({
  version: 'm1',
  synthetic: true,
  lastSession: '2026-11-24',
  symbols: 40,
  demoted: false,
  features: names.map((name, i) => ({
    name,
    group: 'price',
    description: `what ${name} is`,
    centreBp: 1,
    logScale: 0.2 - 0.01 * i,
    centreGain: 0,
    scaleGain: 0,
  })),
  forecast: {
    symbol: '0101',
    centreTotalBp: 3.5,
    centreBaseBp: 1.8,
    logScaleTotal: -0.07,
    logScaleBase: 0.1,
    contributions: names.map((name, i) => ({ name, centreBp: 0.1, logScale: i === 16 ? -0.33 : 0.01 })),
  },
});

describe('what a model looks at', () => {
  it('is a table of the features that move the forecasts most, marked when the bars are synthetic', () => {
    const text = importanceReport({ ...importance, forecast: null });
    expect(text).toContain('SYNTHETIC bars. m1: forecasts of 40 symbols after 2026-11-24');
    expect(text).toMatch(/feature_01 .*20\.0 %.* 1\.00 bp.*what feature_01 is/);
    expect(text).not.toContain('feature_16');
  });

  it('splits up a forecast: the rows of the table add up to the last one', () => {
    const lines = importanceReport(importance, '0101').split('\n');
    const table = lines.slice(lines.findIndex((line) => line.includes('0101')));
    const numbers = table
      .map((line) => /([+-]\d+\.\d\d) +.*?([+-]\d+\.\d\d)/.exec(line))
      .filter((found) => found !== null);
    const width = numbers.map((found) => Number(found[1]));
    const centre = numbers.map((found) => Number(found[2]));
    for (const column of [width, centre]) {
      const parts = column.slice(0, -1).reduce((sum, value) => sum + value, 0);
      expect(parts).toBeCloseTo(column.at(-1) as number, 6);
    }
    expect(table.find((line) => line.includes('feature_17'))).toContain('-33.00');
    expect(table.join('\n')).toContain('2 others');
  });

  it('says when a symbol has no forecast', () => {
    expect(importanceReport({ ...importance, forecast: null }, '0102')).toContain(
      '0102 has no forecast after 2026-11-24',
    );
  });
});
