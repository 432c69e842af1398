import { checkOneOf, inputInvalid } from '../../input-invalid.ts';
import type { Loss } from '../../losses/loss.ts';
import type { TreeModel } from '../../trees/tree-model.ts';
import { checkColumns, fileInvalid, ImportedTrees, type SourceLeaf, type SourceSplit } from './imported-trees.ts';
import { type LightGbmText, readLightGbmText, type TextBlock, wordsOf } from './light-gbm-text.ts';

/**
 * The model of a LightGBM text file (`Booster.save_model`, versions v3 and v4), with every tree that the file has.
 * Objectives: regression, regression_l1, quantile, gamma and binary; gbdt, goss and rf boosting. Covers are numbers of
 * rows. A value missing in a column that had none in training counts as 0, as LightGBM has it.
 *
 * @throws DayTradeError `model.file-invalid` for a damaged file; `learner.input-invalid` for what is not supported:
 * other objectives, several classes, categorical splits, linear leaves and zeros that count as missing
 */
export function importLightGbm(text: string): TreeModel {
  const source = readLightGbmText(text);
  const { header, trees } = source;
  checkOneOf('LightGBM model, version', header.text('version'), ['v3', 'v4']);
  checkOneOf('LightGBM model, num_class', header.text('num_class'), ['1']);
  checkOneOf('LightGBM model, num_tree_per_iteration', header.text('num_tree_per_iteration'), ['1']);
  const names = wordsOf(header.text('feature_names'));
  checkColumns('LightGBM model', names);
  if (names.length !== header.number('max_feature_idx') + 1) {
    throw fileInvalid('LightGBM model', `${header.number('max_feature_idx') + 1} feature names`, names.length);
  }
  const loss = lossOf(source);
  const imported = new ImportedTrees(names.length);
  for (const tree of trees) addTree(imported, tree);
  const isMean = header.has('average_output');
  return {
    kind: 'trees',
    names,
    grower: isMean ? 'forest' : 'leaf-wise',
    loss,
    baseScore: 0,
    ...imported.arrays(isMean && trees.length > 0 ? 1 / trees.length : 1),
  };
}

function lossOf({ header, settings }: LightGbmText): Loss {
  const objective = header.text('objective');
  switch (objective) {
    case 'regression':
      return { kind: 'squared' };
    case 'binary sigmoid:1':
      return { kind: 'logistic' };
    case 'gamma':
      return { kind: 'gamma' };
    case 'regression_l1':
      return { kind: 'pinball', quantile: 0.5 };
    case 'quantile': {
      const quantile = Number(settings.get('alpha'));
      if (quantile > 0 && quantile < 1) return { kind: 'pinball', quantile };
      throw fileInvalid('LightGBM model, alpha', 'a quantile above 0 and below 1', settings.get('alpha'));
    }
    default: {
      const known = 'regression, regression_l1, quantile, gamma or binary sigmoid:1';
      throw inputInvalid('LightGBM model, objective', objective, known);
    }
  }
}

/**
 * Bits of `decision_type`: 1 categorical, 2 missing goes left, 4 and 8 what counts as missing: 0 nothing, 4 zero, 8
 * NaN.
 */
const categorical = 1;
const defaultLeft = 2;
const missingMask = 12;
const missingIsZero = 4;
const missingIsNan = 8;

function addTree(imported: ImportedTrees, tree: TextBlock): void {
  if (tree.has('is_linear')) checkOneOf(`${tree.where}, is_linear`, tree.text('is_linear'), ['0']);
  const leaves = tree.number('num_leaves');
  if (!Number.isInteger(leaves) || leaves < 1) throw fileInvalid(`${tree.where}, num_leaves`, '1 or more', leaves);
  const values = tree.numbers('leaf_value', leaves);
  if (leaves === 1) {
    // A tree that did not split; LightGBM does not say how many rows it had, and nothing depends on it.
    imported.add(~0, () => ({ kind: 'leaf', value: values[0]!, cover: 0 }));
    return;
  }
  const covers = tree.numbers('leaf_count', leaves);
  const splits = splitsOf(tree, leaves - 1);
  imported.add(0, (number): SourceLeaf | SourceSplit => {
    const split = splits[number];
    if (split !== undefined) return split;
    const [value, cover] = [values[~number], covers[~number]];
    if (value === undefined || cover === undefined) {
      throw fileInvalid(tree.where, `children among ${splits.length} nodes and ${leaves} leaves`, number);
    }
    return { kind: 'leaf', value, cover };
  });
}

function splitsOf(tree: TextBlock, nodes: number): readonly SourceSplit[] {
  const features = tree.numbers('split_feature', nodes);
  const thresholds = tree.numbers('threshold', nodes);
  const decisions = tree.numbers('decision_type', nodes);
  const gains = tree.numbers('split_gain', nodes);
  const left = tree.numbers('left_child', nodes);
  const right = tree.numbers('right_child', nodes);
  return features.map((feature, node) => ({
    kind: 'split',
    feature,
    threshold: thresholds[node]!,
    missingLeft: missingGoesLeft(decisions[node]!, thresholds[node]!, `${tree.where}, node ${node}`),
    gain: gains[node]!,
    left: left[node]!,
    right: right[node]!,
  }));
}

function missingGoesLeft(decision: number, threshold: number, where: string): boolean {
  if (decision & categorical) throw inputInvalid(where, 'a categorical split', 'splits at a threshold');
  switch (decision & missingMask) {
    case missingIsNan:
      return (decision & defaultLeft) !== 0;
    case missingIsZero:
      throw inputInvalid(where, 'zero_as_missing', 'NaN as the only missing value');
    default:
      return threshold >= 0;
  }
}
