import { checkOneOf, inputInvalid } from '../../input-invalid.ts';
import type { Loss } from '../../losses/loss.ts';
import type { TreeModel } from '../../trees/tree-model.ts';
import { largestDoubleBelow } from './float32-threshold.ts';
import { checkColumns, fileInvalid, ImportedTrees, type SourceLeaf, type SourceSplit } from './imported-trees.ts';
import { JsonFields } from './json-fields.ts';

/**
 * The model of an XGBoost JSON file (`Booster.save_model('….json')`), with every tree that the file has. Booster
 * gbtree; objectives reg:squarederror, reg:absoluteerror, reg:gamma and binary:logistic. Covers are sums of Hessians.
 * Columns without names are called f0, f1, … as XGBoost does.
 *
 * @throws DayTradeError `model.file-invalid` for a damaged file; `learner.input-invalid` for what is not supported:
 * other boosters and objectives, several classes or targets, and categorical splits
 */
export function importXgBoost(text: string): TreeModel {
  const learner = parse(text).object('learner');
  const booster = learner.object('gradient_booster');
  checkOneOf(`${booster.where}.name`, booster.text('name'), ['gbtree']);
  const { loss, link } = objectiveOf(learner.object('objective'));
  const parameters = learner.object('learner_model_param');
  checkOneOf(`${parameters.where}.num_class`, parameters.text('num_class'), ['0', '1']);
  const names = namesOf(learner, parameters.number('num_feature'));
  const baseScore = link(baseScoreOf(parameters));
  if (!Number.isFinite(baseScore)) {
    throw fileInvalid(`${parameters.where}.base_score`, 'a score of the objective', parameters.text('base_score'));
  }
  return { kind: 'trees', names, grower: 'depth-wise', loss, baseScore, ...treesOf(booster.object('model'), names) };
}

function parse(text: string): JsonFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fileInvalid('XGBoost model', 'JSON', JSON.stringify(text.slice(0, 40)), cause);
  }
  return new JsonFields('XGBoost model', value);
}

/** The loss of an objective, and its link: a file has its base score on the scale of the response. */
function objectiveOf(objective: JsonFields): { readonly loss: Loss; readonly link: (response: number) => number } {
  const name = objective.text('name');
  switch (name) {
    case 'reg:squarederror':
      return { loss: { kind: 'squared' }, link: (mean) => mean };
    case 'reg:absoluteerror':
      return { loss: { kind: 'pinball', quantile: 0.5 }, link: (median) => median };
    case 'reg:gamma':
      return { loss: { kind: 'gamma' }, link: Math.log };
    case 'binary:logistic':
      return { loss: { kind: 'logistic' }, link: (probability) => Math.log(probability / (1 - probability)) };
    default: {
      const known = 'reg:squarederror, reg:absoluteerror, reg:gamma or binary:logistic';
      throw inputInvalid(`${objective.where}.name`, name, known);
    }
  }
}

/** Newer versions write a list of one. */
function baseScoreOf(parameters: JsonFields): number {
  const text = parameters.text('base_score');
  const scores = text.replace(/^\[(.*)\]$/, '$1').split(',');
  if (scores.length !== 1) throw inputInvalid(`${parameters.where}.base_score`, text, 'one target');
  const score = scores[0] === '' ? NaN : Number(scores[0]);
  if (Number.isNaN(score)) throw fileInvalid(`${parameters.where}.base_score`, 'a number', JSON.stringify(text));
  return score;
}

function namesOf(learner: JsonFields, columns: number): readonly string[] {
  if (!Number.isInteger(columns) || columns < 0) {
    throw fileInvalid(`${learner.where}.learner_model_param.num_feature`, 'a whole number', columns);
  }
  const given = learner.list('feature_names').map(String);
  if (given.length > 0 && given.length !== columns) {
    throw fileInvalid(`${learner.where}.feature_names`, `${columns} names`, given.length);
  }
  const names = given.length > 0 ? given : Array.from({ length: Math.min(columns, 2 ** 16 + 1) }, (_, f) => `f${f}`);
  checkColumns('XGBoost model', names);
  return names;
}

function treesOf(model: JsonFields, names: readonly string[]): ReturnType<ImportedTrees['arrays']> {
  const announced = model.object('gbtree_model_param').number('num_trees');
  const trees = model.list('trees');
  if (trees.length !== announced) throw fileInvalid(`${model.where}.trees`, `${announced} trees`, trees.length);
  const imported = new ImportedTrees(names.length);
  for (const [i, tree] of trees.entries()) {
    const nodes = nodesOf(new JsonFields(`${model.where}.trees[${i}]`, tree));
    imported.add(0, nodes);
  }
  return imported.arrays(1);
}

function nodesOf(tree: JsonFields): (node: number) => SourceSplit | SourceLeaf {
  const left = tree.numbers('left_children');
  const right = tree.numbers('right_children', left.length);
  const features = tree.numbers('split_indices', left.length);
  const conditions = tree.numbers('split_conditions', left.length);
  const covers = tree.numbers('sum_hessian', left.length);
  const gains = tree.numbers('loss_changes', left.length);
  const splitTypes = tree.numbers('split_type', left.length);
  // 0 and 1 in newer versions, false and true in older ones.
  const defaultLeft = tree.list('default_left');
  if (defaultLeft.length !== left.length) {
    throw fileInvalid(`${tree.where}.default_left`, `${left.length} entries`, defaultLeft.length);
  }
  return (node) => {
    const where = `${tree.where}, node ${node}`;
    if (left[node] === undefined) throw fileInvalid(tree.where, `children among ${left.length} nodes`, node);
    if (left[node] === -1) return { kind: 'leaf', value: Math.fround(conditions[node]!), cover: covers[node]! };
    if (splitTypes[node] !== 0) throw inputInvalid(where, 'a categorical split', 'splits at a threshold');
    return {
      kind: 'split',
      feature: features[node]!,
      threshold: largestDoubleBelow(Math.fround(conditions[node]!)),
      missingLeft: Boolean(defaultLeft[node]),
      gain: gains[node]!,
      left: left[node],
      right: right[node]!,
    };
  };
}
