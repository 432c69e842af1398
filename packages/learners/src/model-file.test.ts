import { isDayTradeError } from '@daytrade/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainRidge } from './linear/ridge.ts';
import { type Model, predict } from './model.ts';
import { deserialiseModel, serialiseModel } from './model-file.ts';
import { simulate } from './testing/simulated-data.ts';
import { trainTrees } from './trees/train-trees.ts';
import { defaultTreeOptions } from './trees/tree-options.ts';

const { matrix, target } = simulate(300, 51);
const options = { ...defaultTreeOptions('leaf-wise'), trees: 8, minimumRowsPerLeaf: 5 };
const trees = trainTrees({ ...options, loss: { kind: 'pinball', quantile: 0.9 } }, { matrix, target });
const models: readonly (readonly [string, Model])[] = [
  ['trees', trees],
  ['no trees', trainTrees(options, { matrix, target: new Float64Array(300) })],
  ['ridge', trainRidge({ l2: 1 }, { matrix, target })],
];

function failure(bytes: Uint8Array): string {
  try {
    deserialiseModel(bytes);
  } catch (error) {
    expect(isDayTradeError(error) && error.code).toBe('model.file-invalid');
    return (error as Error).message;
  }
  return 'no failure';
}

describe.each(models)('a file of %s', (_name, model) => {
  const bytes = serialiseModel(model);

  it('gives the same model back, also from the middle of a larger buffer', () => {
    expect(deserialiseModel(bytes)).toEqual(model);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const back = deserialiseModel(larger.subarray(3));
    expect(back).toEqual(model);
    expect(predict(back, matrix)).toEqual(predict(model, matrix));
    expect(serialiseModel(back)).toEqual(bytes);
  });

  it('is refused when a byte changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= change;
        expect(failure(damaged)).toContain('model file: expected');
      }),
    );
  });
});

it('says what it expected of an empty file, other bytes and a damaged file', () => {
  expect(failure(new Uint8Array(0))).toBe(
    'model file: expected at least 44 bytes, got 0 bytes: not a model, or truncated',
  );
  expect(failure(new Uint8Array(100))).toContain('expected "DTLM" at the beginning');
  expect(failure(serialiseModel(trees).fill(3, 4, 5))).toBe('model file: expected format version 2, got version 3');
  expect(failure(serialiseModel(trees).subarray(0, -8))).toContain(
    'expected a file whose SHA-256 is its last 32 bytes',
  );
});
