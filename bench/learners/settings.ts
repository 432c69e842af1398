import { defaultTreeOptions, type TreeOptions } from '@daytrade/learners';
import type { Bar } from '../harness/result.ts';
import type { PeerSettings } from './training.ts';

/**
 * The bars of the learners, as they were set before anything was measured. Ratios are ours / peer; differences are in
 * percent.
 */
export const learnerBars = {
  smallFit: { sense: 'at most', must: 1.6, aim: 1 },
  largeFit: { sense: 'at most', must: 1.8, aim: 1.15 },
  rmse: { sense: 'at most', must: 0.5, aim: 0.2 },
  symmetricRmse: { sense: 'at most', must: 1, aim: 0.3 },
  forestTime: { sense: 'at most', must: 0.25, aim: 0.12 },
  forestRmse: { sense: 'at most', must: 1, aim: 0.3 },
  batch: { sense: 'at least', must: 0.8, aim: 1.2 },
  memory: { sense: 'at most', must: 1, aim: 0.75 },
} as const satisfies Record<string, Bar>;

/** How much the comparisons of the learners work on. */
export interface LearnerSizes {
  readonly small: number;
  readonly large: number;
  readonly holdout: number;
  readonly trees: number;
  readonly forestTrees: number;
  readonly seeds: readonly number[];
}

/** What the bars are about. */
export const fullSizes: LearnerSizes = {
  small: 60_000,
  large: 600_000,
  holdout: 20_000,
  trees: 300,
  forestTrees: 200,
  seeds: [1, 2, 3],
};

/** Enough to see that everything runs. */
export const quickSizes: LearnerSizes = {
  small: 10_000,
  large: 60_000,
  holdout: 10_000,
  trees: 60,
  forestTrees: 10,
  seeds: [1, 2, 3],
};

/** The same training for us and for a peer, in the words of each. */
export interface EqualSettings {
  readonly options: TreeOptions;
  readonly peer: PeerSettings;
}

/** No samples, no penalties beyond what is named, no early stop: what peers do unless told otherwise. */
const plain = {
  learningRate: 0.05,
  maximumDepth: 64,
  minimumRowsPerLeaf: 20,
  minimumHessianPerLeaf: 1e-3,
  l2: 0,
  rowSample: 1,
  columnSamplePerTree: 1,
  columnSamplePerSplit: 1,
} as const satisfies Partial<TreeOptions>;

/**
 * Leaf-wise boosting as LightGBM does it: learning rate 0.05, 31 leaves, 255 bins (254 and the one of missing values).
 */
export function asLightGbm(trees: number, seed: number): EqualSettings {
  return {
    options: { ...defaultTreeOptions('leaf-wise'), ...plain, trees, seed, maximumLeaves: 31 },
    peer: {
      library: 'lightgbm',
      parameters: { trees, seed, learning_rate: 0.05, num_leaves: 31, max_bin: 255 },
    },
  };
}

/**
 * Leaf-wise boosting for weak signals: the default of `@daytrade/learners`, without an early stop, in LightGBM's words.
 */
export function asLightGbmOnWeakSignals(trees: number, seed: number): EqualSettings {
  const options = { ...defaultTreeOptions('leaf-wise'), trees, seed };
  return {
    options,
    peer: {
      library: 'lightgbm',
      parameters: {
        trees,
        seed,
        max_bin: 255,
        learning_rate: options.learningRate,
        num_leaves: options.maximumLeaves,
        max_depth: options.maximumDepth,
        min_data_in_leaf: options.minimumRowsPerLeaf,
        lambda_l2: options.l2,
        bagging_fraction: options.rowSample,
        bagging_freq: 1,
        feature_fraction: options.columnSamplePerTree,
      },
    },
  };
}

/**
 * Symmetric trees of depth 6 as CatBoost grows them: l2 3, and 0.8 of the rows drawn for each tree, which is its
 * default.
 */
export function asCatBoost(trees: number, seed: number): EqualSettings {
  const differences = { maximumDepth: 6, l2: 3, minimumRowsPerLeaf: 1, rowSample: 0.8 };
  return {
    options: { ...defaultTreeOptions('symmetric'), ...plain, ...differences, trees, seed },
    peer: {
      library: 'catboost',
      parameters: { iterations: trees, random_seed: seed, learning_rate: 0.05, depth: 6, border_count: 254 },
    },
  };
}

/** A random forest of depth 12 as scikit-learn grows it, a third of the columns drawn at each split. */
export function asScikitLearn(trees: number, seed: number): EqualSettings {
  const options = defaultTreeOptions('forest');
  return {
    options: { ...options, trees, seed, maximumDepth: 12, minimumRowsPerLeaf: 1, columnSamplePerSplit: 1 / 3 },
    peer: {
      library: 'scikit-learn',
      parameters: { n_estimators: trees, random_state: seed, max_depth: 12, max_features: 1 / 3 },
    },
  };
}
