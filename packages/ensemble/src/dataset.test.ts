import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import {
  buildDataset,
  ofMembers,
  outcomesOf,
  predictableRows,
  scaledOutcome,
  sharePanel,
  trainableRows,
} from './dataset.ts';

const panel = noisePanel({ symbolCount: 2, sessionCount: 40, seed: 3 });
const outcomes = {
  symbols: 2,
  sessions: 4,
  close: Float64Array.of(1, 1, 1, NaN, 1, 1, 1, 1),
  label: Float64Array.of(0.01, 0.02, NaN, 0.04, 0.5, -0.5, 0.03, NaN),
  scale: Float64Array.of(NaN, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01),
  limits: { lower: new Float64Array(8), upper: new Float64Array(8) },
};

describe('the rows of a dataset', () => {
  it.each([
    [0, 4, [1, 3, 4, 5, 6], [1, 2, 4, 5, 6, 7]],
    [1, 3, [3, 4, 5], [2, 4, 5]],
    [2, 2, [], []],
    [3, 1, [], []],
    [0, -2, [], []],
  ])('of sessions %i to %i are trained on with a label, and predicted with a bar', (from, to, trained, predicted) => {
    expect([...trainableRows(outcomes, from, to)]).toEqual(trained);
    expect([...predictableRows(outcomes, from, to)]).toEqual(predicted);
  });

  it('have an outcome in units of the scale, of six at most', () => {
    expect([1, 3, 4, 5].map((row) => scaledOutcome(outcomes, row))).toEqual([2, 4, 6, -6]);
  });

  it('are unknown where a symbol was not a member', () => {
    expect(ofMembers(outcomes.scale, undefined)).toBe(outcomes.scale);
    expect([...ofMembers(Float64Array.of(1, 2, 3), Uint8Array.of(1, 0, 1))]).toEqual([1, NaN, 3]);
  });
});

describe('a panel and its dataset on shared memory', () => {
  const columns = (length: number) => Float64Array.from({ length }, (_, i) => i);
  const whole = {
    ...panel,
    dividends: { paid: columns(80), expected: columns(80) },
    members: Uint8Array.from({ length: 80 }, (_, row) => (row < 60 ? 1 : 0)),
    own: [{ name: 'own_column', values: columns(80) }],
  };

  it('have the same numbers', () => {
    const shared = sharePanel(whole);
    expect(shared).toEqual(whole);
    for (const column of [shared.days, shared.close, shared.volume, shared.members!, shared.own![0]!.values]) {
      expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
    expect(sharePanel(panel)).toEqual(panel);
  });

  it('keep the outcomes when the features are let go', () => {
    const { names: _, rows, values: _values, ...kept } = buildDataset(whole);
    expect(rows).toBe(80);
    expect(outcomesOf(buildDataset(whole))).toEqual(kept);
    expect(kept.scale.slice(60).every(Number.isNaN)).toBe(true);
    expect(kept.label[0]).toBeCloseTo(Math.log((panel.close[2]! + 2) / panel.close[0]!), 12);
  });
});
