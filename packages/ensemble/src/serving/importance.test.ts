import { parseSymbol } from '@daytrade/market';
import { nextSessionLogReturn, type Panel, rankNames } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ensemble } from '../ensemble.ts';
import { ewmaScale } from '../intervals/ewma-scale.ts';
import type { MemberOptions } from '../members/member-options.ts';
import type { OwnMembers } from '../members/own-member.ts';
import { trainSmall } from '../small-training.fixture.ts';
import { Forecaster } from './forecaster.ts';

const panel = noisePanel({ symbolCount: 6, sessionCount: 320, seed: 9, missingShare: 0.02 });

function withLastSession(factor: number): Panel {
  const moved = (column: Float64Array) => column.map((price, row) => (row < 319 * 6 ? price : factor * price));
  const { open, high, low, close } = panel;
  return { ...panel, open: moved(open), high: moved(high), low: moved(low), close: moved(close) };
}

/** Forecasts the column that a member of a file looks at. */
const own: OwnMembers = {
  train: () => Uint8Array.of(1),
  predict: (_, { values }) => Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value)),
};

let ensemble: Ensemble;
let forecaster: Forecaster;
beforeAll(async () => {
  const trees = { kind: 'trees', settings: { trees: 8, minimumRowsPerLeaf: 40 } } as const;
  const members: readonly MemberOptions[] = [
    { ...trees, name: 'leaf-wise', grower: 'leaf-wise', target: 'scaled-rank' },
    { ...trees, name: 'forest', grower: 'forest' },
    { name: 'ridge', kind: 'ridge', target: 'rank', columns: rankNames, l2: 100 },
    { name: 'own', kind: 'own', target: 'rank', columns: ['rank_return_1'], source: '', hash: '' },
  ];
  const trained = await trainSmall(panel, members, own);
  // The shrinkage of members that learned from noise may be 0; here each has its say.
  const { combiner } = trained.state;
  const state = { ...trained.state, combiner: { ...combiner, products: Float64Array.of(900, 900, 900, 900) } };
  ensemble = { ...trained, state };
  forecaster = new Forecaster(ensemble, panel.symbols, own);
  forecaster.take(panel);
});

describe('the explanation of a forecast', () => {
  it.each([
    ['an ordinary session', 1],
    ['a fall of the market, which widens the scale', 0.93],
    ['a rally, after which past returns narrow it no further than to their bound', 1.15],
  ])('adds up to the published centre and scale after %s, for every symbol', (_, factor) => {
    const moved = withLastSession(factor);
    const scales = ewmaScale(nextSessionLogReturn(moved), moved.symbols.length);
    const after = new Forecaster(ensemble, moved.symbols, own);
    after.take(moved);
    const forecasts = after.forecasts();
    expect(forecasts.length).toBeGreaterThan(3);
    for (const { symbol, centre, lastClose, scale } of forecasts) {
      const { forecast } = after.importance(symbol);
      expect(forecast?.symbol).toBe(symbol);
      const centreSum = forecast!.contributions.reduce((sum, part) => sum + part.centreBp, forecast!.centreBaseBp);
      expect(centreSum).not.toBe(0);
      expect(Math.abs(centreSum * 1e-4 - Math.log(centre / lastClose))).toBeLessThan(1e-12);
      const logScale = forecast!.contributions.reduce((sum, part) => sum + part.logScale, forecast!.logScaleBase);
      const factorOfScale = Math.min(4, Math.max(0.25, Math.exp(logScale)));
      expect(forecast!.logScaleTotal).toBeCloseTo(logScale, 12);
      const place = moved.symbols.findIndex((candidate) => candidate.symbol === symbol);
      expect(Math.abs((scales[319 * 6 + place]! * factorOfScale) / scale - 1)).toBeLessThan(1e-12);
    }
  });

  it('is none for a symbol without a forecast', () => {
    expect(forecaster.importance(parseSymbol('9999')).forecast).toBeNull();
    expect(forecaster.importance().forecast).toBeNull();
  });
});

describe('the importance of features', () => {
  it('is the mean size of what they add, over the symbols with a forecast', () => {
    const { features, symbols, lastSession } = forecaster.importance();
    const forecasts = forecaster.forecasts();
    expect({ symbols, lastSession }).toEqual({ symbols: forecasts.length, lastSession: forecasts[0]!.lastSession });
    const each = forecasts.map(({ symbol }) => forecaster.importance(symbol).forecast!.contributions);
    for (const [f, { name, centreBp, logScale }] of features.entries()) {
      const sizes = each.map((contributions) => contributions[f]!);
      expect(sizes[0]!.name).toBe(name);
      const mean = (of: 'centreBp' | 'logScale') => sizes.reduce((sum, part) => sum + Math.abs(part[of]), 0) / symbols;
      expect(centreBp).toBeCloseTo(mean('centreBp'), 10);
      expect(logScale).toBeCloseTo(mean('logScale'), 10);
    }
  });

  it('names every feature once, with shares of gain that sum to 1 where trees have splits', () => {
    const { features } = forecaster.importance();
    expect(features.map(({ name }) => name)).toEqual(ensemble.features);
    const sum = features.reduce((total, { centreGain }) => total + centreGain, 0);
    expect(sum).toBeCloseTo(1, 12);
    for (const { centreGain, scaleGain } of features) expect(Math.min(centreGain, scaleGain)).toBeGreaterThanOrEqual(0);
  });
});
