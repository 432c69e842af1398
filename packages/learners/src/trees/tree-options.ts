import type { Loss } from '../losses.ts';

/**
 * The growth of a tree: `leaf-wise` splits the leaf with the largest gain first (LightGBM), `depth-wise` level by level
 * with lambda and gamma (XGBoost), `symmetric` with one split for a whole level (CatBoost), `forest` on bootstrap rows
 * with features drawn at each split, trees averaged (random forest).
 */
export type Grower = 'leaf-wise' | 'depth-wise' | 'symmetric' | 'forest';

/** Settings of a training of trees. Start from {@link defaultTreeOptions} and change what you need. */
export interface TreeOptions {
  readonly grower: Grower;
  /** The loss to minimise. A forest and symmetric trees take squared and pinball only. */
  readonly loss: Loss;
  /** Seed of everything drawn at random, 0 to 2^32 - 1. */
  readonly seed: number;
  /** Number of trees, 1 to 100,000. */
  readonly trees: number;
  /** Share of each tree's step that is taken, in (0, 1]. A forest does not use it. */
  readonly learningRate: number;
  /** Most leaves of a tree, 2 to 4096. Leaf-wise only. */
  readonly maximumLeaves: number;
  /** Most splits from root to leaf, 1 to 64 (symmetric: 1 to 10). */
  readonly maximumDepth: number;
  /** Least rows in a leaf. A symmetric level may leave fewer in one of its leaves, but draws no gain from it. */
  readonly minimumRowsPerLeaf: number;
  /** Least sum of Hessians in a leaf (the sum of weights for squared loss). */
  readonly minimumHessianPerLeaf: number;
  /** Gain (reduction of twice the loss) that a split must exceed; XGBoost's gamma. */
  readonly minimumGain: number;
  /** L2 penalty on leaf values; XGBoost's lambda. */
  readonly l2: number;
  /** Share of rows drawn for each tree, in (0, 1]: without replacement; a forest draws with replacement. */
  readonly rowSample: number;
  /** Share of columns drawn for each tree, in (0, 1]. */
  readonly columnSamplePerTree: number;
  /** Share of the tree's columns drawn at each split (each level of a symmetric tree), in (0, 1]. */
  readonly columnSamplePerSplit: number;
  /** Most bins of a column, 2 to 254; not used when the data brings its bins. */
  readonly maximumBins: number;
}

const weakSignal: TreeOptions = {
  grower: 'leaf-wise',
  loss: { kind: 'squared' },
  seed: 1,
  trees: 300,
  learningRate: 0.03,
  maximumLeaves: 15,
  maximumDepth: 6,
  minimumRowsPerLeaf: 200,
  minimumHessianPerLeaf: 1e-3,
  minimumGain: 0,
  l2: 20,
  rowSample: 0.7,
  columnSamplePerTree: 0.7,
  columnSamplePerSplit: 1,
  maximumBins: 254,
};

const differences: Readonly<Record<Grower, Partial<TreeOptions>>> = {
  'leaf-wise': {},
  'depth-wise': { maximumDepth: 4 },
  symmetric: { maximumDepth: 5, minimumRowsPerLeaf: 50 },
  forest: {
    trees: 200,
    maximumDepth: 10,
    l2: 0,
    rowSample: 1,
    columnSamplePerTree: 1,
    columnSamplePerSplit: 1 / 3,
  },
};

/**
 * Returns defaults for weak signals (an R2 near 0): slow learning, large leaves, samples of rows and columns. Loss
 * squared, seed 1.
 */
export function defaultTreeOptions(grower: Grower): TreeOptions {
  return { ...weakSignal, ...differences[grower], grower };
}
