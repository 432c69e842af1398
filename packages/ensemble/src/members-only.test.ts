import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { buildDataset } from './dataset.ts';
import { evaluateEnsemble } from './evaluate-ensemble.ts';
import { eachJudged } from './evaluation/judged-table.ts';
import { inlineRun } from './small-training.fixture.ts';

const [symbols, sessions] = [6, 300];
const panel = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 21 });
/** Symbol 0 leaves at session 240, symbol 1 joins at session 250. */
const members = new Uint8Array(symbols * sessions).map((_, row) => {
  const [t, s] = [Math.floor(row / symbols), row % symbols];
  return (s === 0 && t >= 240) || (s === 1 && t < 250) ? 0 : 1;
});

describe('a panel with members', () => {
  it('has a scale for members alone, and the same features as without', () => {
    const [all, some] = [buildDataset(panel), buildDataset({ ...panel, members })];
    expect(some.values).toEqual(all.values);
    expect(some.label).toEqual(all.label);
    const expected = all.scale.map((value, row) => (members[row] === 1 ? value : NaN));
    expect(some.scale).toEqual(expected);
  });

  it('is judged on members alone, who are not counted as halted elsewhere', async () => {
    const options = {
      judgedSessions: 80,
      warmUpSessions: 70,
      minimumTrainingSessions: 100,
      members: [{ name: 'ridge', kind: 'ridge' as const, l2: 100 }],
    };
    const { report, judged } = await evaluateEnsemble({ ...panel, members }, options, inlineRun);
    const bySymbol = Map.groupBy(eachJudged(judged), ({ symbol }) => symbol);
    const counts = panel.symbols.map(({ symbol }) => bySymbol.get(symbol)?.length ?? 0);
    // The last forecast is of session 298: 219 to 298 are judged; one who joins is judged once it is ready.
    expect(counts[0]).toBe(240 - 219);
    expect(counts[1]).toBeGreaterThan(0);
    expect(counts[1]).toBeLessThanOrEqual(299 - 250);
    expect(counts.slice(2)).toEqual([80, 80, 80, 80]);
    expect(report.halted).toBe(0);
  });
});
