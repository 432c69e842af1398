import { expect, it } from 'vitest';
import { defaultTreeOptions } from './tree-options.ts';

const weakSignal = {
  loss: { kind: 'squared' },
  seed: 1,
  trees: 300,
  learningRate: 0.03,
  maximumLeaves: 15,
  maximumDepth: 6,
  minimumRowsPerLeaf: 200,
  minimumHessianPerLeaf: 0.001,
  minimumGain: 0,
  l2: 20,
  rowSample: 0.7,
  columnSamplePerTree: 0.7,
  columnSamplePerSplit: 1,
  maximumBins: 254,
};
const ofForests = {
  trees: 200,
  maximumDepth: 10,
  l2: 0,
  rowSample: 1,
  columnSamplePerTree: 1,
  columnSamplePerSplit: 1 / 3,
};

it.each([
  ['leaf-wise', {}],
  ['depth-wise', { maximumDepth: 4 }],
  ['symmetric', { maximumDepth: 5, minimumRowsPerLeaf: 50 }],
  ['forest', ofForests],
] as const)('learns slowly by default, with large leaves and samples: %s', (grower, differences) => {
  expect(defaultTreeOptions(grower)).toEqual({ ...weakSignal, ...differences, grower });
});
