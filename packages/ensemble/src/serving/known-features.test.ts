import { featureNames } from '@daytrade/series';
import { type NoisePanelOptions, noisePanel } from '@daytrade/series/testing';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ensemble } from '../ensemble.ts';
import { serialiseEnsemble } from '../ensemble-file.ts';
import { trainSmall } from '../small-training.fixture.ts';
import { forecastOnce } from './forecast-once.fixture.ts';
import type { Forecast } from './forecaster.ts';

/** What the list of price features holds, as far as a later version of it is made here. */
interface Feature {
  readonly name: string;
  readonly series: { times(factor: number): Feature['series'] };
}

/** The file of the catalogue that a later version of this program has changed. */
const priceFile = '../../../series/src/features/price.ts';

const panelOptions: NoisePanelOptions = { symbolCount: 4, sessionCount: 260, seed: 3 };
const panel = noisePanel(panelOptions);
let file: Uint8Array;
let ensemble: Ensemble;
let before: readonly Forecast[];

beforeAll(async () => {
  ensemble = await trainSmall(panel);
  file = serialiseEnsemble(ensemble);
  before = forecastOnce(ensemble, panel);
});

/** The price features of a later version of this program, whose code reads the file. */
async function later(change: (features: readonly Feature[]) => readonly Feature[]) {
  vi.resetModules();
  vi.doMock(priceFile, async (original) => {
    const { priceFeatures } = await original<{ readonly priceFeatures: readonly Feature[] }>();
    return { priceFeatures: change(priceFeatures) };
  });
  const series = await import('@daytrade/series');
  const { noisePanel } = await import('@daytrade/series/testing');
  const { deserialiseEnsemble: read } = await import('../ensemble-file.ts');
  const { forecastOnce: forecast } = await import('./forecast-once.fixture.ts');
  return {
    names: series.featureNames,
    forecast: (bytes: Uint8Array) => forecast(read(bytes), noisePanel(panelOptions)),
  };
}

afterEach(() => {
  vi.doUnmock(priceFile);
  vi.resetModules();
});

const [first = '', second = ''] = featureNames;

describe('a model of a version before', () => {
  it('predicts the same to the last bit where there is one feature more, in front of its own', async () => {
    const { names, forecast } = await later((features) => [
      { ...features[0]!, name: 'new_feature', series: features[0]!.series.times(2) },
      ...features,
    ]);
    expect(names).toEqual(['new_feature', ...featureNames]);
    expect(before).not.toEqual([]);
    expect(forecast(file)).toEqual(before);
  });

  it('is refused by name where a feature is gone', async () => {
    const { forecast } = await later((features) => features.slice(2));
    expect(() => forecast(file)).toThrow(
      expect.objectContaining({
        code: 'model.file-invalid',
        message: `the model learned from features that this version no longer has: ${first}, ${second}`,
      }),
    );
  });

  it('is refused by name where a feature of the same name is computed in another way', async () => {
    const { forecast } = await later((features) =>
      features.map((feature) => (feature.name === second ? { ...feature, series: feature.series.times(2) } : feature)),
    );
    expect(() => forecast(file)).toThrow(`features that this version computes in another way: ${second}`);
  });
});
