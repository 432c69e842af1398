import { type Prediction, predictionListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { stopEverything } from '../support/running-process.ts';

const trainedSchema = z.object({ artifactHash: z.string().regex(/^[0-9a-f]{64}$/), modelVersion: z.string() });

afterAll(stopEverything);

const bars = new Installation('bars');

describe('two trainings with the same seed on the same data', () => {
  let one: Trained;
  let two: Trained;
  let otherSeed: Trained;

  beforeAll(async () => {
    await bars.here('fetch', 'synthetic', '--count', '4', '--from', '2024-01-04', '--to', '2025-12-30');
    one = await train({ workers: 1, seed: 11 });
    two = await train({ workers: 2, seed: 11 });
    otherSeed = await train({ workers: 2, seed: 12 });
    figure('train with 1 worker', one.seconds, 's');
    figure('train with 2 workers', two.seconds, 's');
  });

  it('give byte-equal models, whatever the number of workers', () => {
    expect(two.artifactHash).toBe(one.artifactHash);
  });

  it('give equal predictions', () => {
    expect(one.predictions.length).toBeGreaterThan(0);
    expect(two.predictions).toEqual(one.predictions);
  });

  it('give another model with another seed, so that the comparison means something', () => {
    expect(otherSeed.artifactHash).not.toBe(one.artifactHash);
  });
});

interface Trained {
  readonly artifactHash: string;
  readonly predictions: readonly Omit<Prediction, 'madeAt' | 'modelVersion'>[];
  readonly seconds: number;
}

/** Trains on the same synthetic bars in a state folder of its own. */
async function train({ workers, seed }: { workers: number; seed: number }): Promise<Trained> {
  const installation = bars.copy(`workers-${workers}`, { DAYTRADE_WORKERS: String(workers) });
  const started = performance.now();
  const { artifactHash } = await installation.read(trainedSchema, 'train', '--seed', String(seed));
  const seconds = (performance.now() - started) / 1000;
  const { predictions } = await installation.readHere(predictionListSchema, 'predict');
  return {
    artifactHash,
    seconds,
    predictions: predictions.map(({ madeAt: _madeAt, modelVersion: _modelVersion, ...prediction }) => prediction),
  };
}
