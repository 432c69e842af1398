import { createHash } from 'node:crypto';
import { noisePanel } from '@daytrade/series/testing';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ensemble } from './ensemble.ts';
import { deserialiseEnsemble, readBlockFile, serialiseEnsemble, writeBlockFile } from './ensemble-file.ts';
import { forecastOnce } from './serving/forecast-once.fixture.ts';
import { trainSmall } from './small-training.fixture.ts';

const panel = noisePanel({ symbolCount: 4, sessionCount: 260, seed: 3 });
let ensemble: Ensemble;
let bytes: Uint8Array;
beforeAll(async () => {
  ensemble = await trainSmall(panel, [{ name: 'ridge', kind: 'ridge', l2: 100 }]);
  bytes = serialiseEnsemble(ensemble);
});

describe('an ensemble file', () => {
  it('gives back the same ensemble, which predicts the same and has the same bytes', () => {
    const back = deserialiseEnsemble(bytes);
    expect(back).toEqual(ensemble);
    expect(forecastOnce(back, panel)).toEqual(forecastOnce(ensemble, panel));
    expect(serialiseEnsemble(back)).toEqual(bytes);
    expect(deserialiseEnsemble(Buffer.from(bytes))).toEqual(ensemble);
  });

  it('of before the yardstick predicts the same intervals', () => {
    const { inDay: _, ...file } = readBlockFile(bytes) as { models: Uint8Array[]; state: object; inDay: unknown };
    const { har, results, ...state } = file.state as { har: unknown; results: unknown };
    expect([har, results]).not.toContain(undefined);
    const earlier = deserialiseEnsemble(writeBlockFile({ ...file, models: file.models.slice(0, -1), state }));
    expect(forecastOnce(earlier, panel)).toEqual(forecastOnce(ensemble, panel));
    expect(earlier.inDay).toBeUndefined();
  });

  it('is refused when any byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const damaged = bytes.slice();
        damaged[place]! ^= flip;
        expect(() => deserialiseEnsemble(damaged)).toThrow(expect.objectContaining({ code: 'model.file-invalid' }));
      }),
    );
  });

  it('is refused when it is cut off, empty or something else', () => {
    for (const broken of [bytes.subarray(0, bytes.length - 1), bytes.subarray(0, 40), new Uint8Array(0)]) {
      expect(() => deserialiseEnsemble(broken)).toThrow(expect.objectContaining({ code: 'model.file-invalid' }));
    }
    expect(() => deserialiseEnsemble(Buffer.from('{"not":"a model"}\n'))).toThrow('not an ensemble file');
  });

  it.each([1, 3])('is refused when a program of version %i wrote it, saying so', (version) => {
    const body = Buffer.from(`DAYTRADE-ENSEMBLE ${version} 2\n{}`);
    const newer = Buffer.concat([body, createHash('sha256').update(body).digest()]);
    expect(() => deserialiseEnsemble(newer)).toThrow(`version ${version}, this program reads 2; train again`);
  });
});

describe('a block file', () => {
  it('gives back any plain value with its arrays', () => {
    const leaf = fc.oneof(
      fc.integer(),
      fc.string(),
      fc.constant(null),
      fc.array(fc.double()).map((values) => Float64Array.from(values)),
      fc.uint8Array(),
    );
    const values = fc.oneof(
      fc.array(leaf),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), leaf, { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(values, (value) => {
        expect(readBlockFile(writeBlockFile(value))).toEqual(value);
      }),
    );
  });
});
