import { describe, expect, it } from 'vitest';
import { seedsReport } from './seeds-report.ts';

const figures = {
  coverage: 0.9312,
  meanWidthBp: 752,
  winklerBp: 1040,
  skillRollingQuantile: 0.127,
  skillRandomWalk: 0.125,
  skillEwma: 0.106,
  hitRate: 0.521,
  ic: -0.0137,
};

describe('seedsReport', () => {
  it('has a row a seed, the mean and the spread', () => {
    const deviation = { ...figures, coverage: 0.0008, winklerBp: 2 };
    const lines = seedsReport({
      runs: [
        { seed: 1, ...figures },
        { seed: 2, ...figures },
      ],
      mean: figures,
      deviation,
    }).split('\n');
    expect(lines.map((line) => line.split('  ')[0])).toEqual(['seed', '1', '2', 'mean', 'standard deviation']);
    expect(lines[1]).toContain('93.12 %');
    expect(lines[1]).toContain('1040 bp');
    expect(lines[1]).toContain('-0.0137');
    expect(lines[4]).toContain('0.08 %');
  });
});
