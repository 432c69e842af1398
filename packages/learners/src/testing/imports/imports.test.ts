import { isDayTradeError } from '@daytrade/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictRow } from '../../model.ts';
import type { TreeModel } from '../../trees/tree-model.ts';
import { importedText } from '../imported-models.ts';
import { largestDoubleBelow } from './float32-threshold.ts';
import { importLightGbm } from './light-gbm.ts';
import { importXgBoost } from './xg-boost.ts';

function failure(read: () => TreeModel): string {
  try {
    read();
  } catch (error) {
    if (isDayTradeError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('importLightGbm', () => {
  const text = importedText('light-gbm-regression.txt');
  const edited = (from: string | RegExp, to: string) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return failure(() => importLightGbm(changed));
  };

  it('says what is damaged', () => {
    expect(failure(() => importLightGbm('{}'))).toContain(
      'model.file-invalid: LightGBM model: expected a first line "tree", got "{}"',
    );
    expect(edited('end of trees', '')).toContain('expected a line "end of trees", got none: truncated');
    expect(edited(/^num_leaves=7$/m, 'num_leaves=8')).toContain('tree 0, leaf_value: expected 8 numbers, got 7');
    expect(edited(/^threshold=\S+/m, 'threshold=abc')).toContain('threshold: expected a number, got "abc"');
    expect(edited(/^left_child=3/m, 'left_child=0')).toContain('tree 0: expected each node once, got node 0 again');
    expect(edited(/^left_child=3/m, 'left_child=9')).toContain('expected children among 6 nodes and 7 leaves, got 9');
    expect(edited(/^split_feature=0/m, 'split_feature=8')).toContain('expected a column from 0 to 7, got 8');
    expect(edited(/^leaf_value=\S+/m, 'leaf_value=inf')).toContain(
      'leaf value: expected a finite number, got Infinity',
    );
    expect(edited(/^leaf_count=\S+/m, 'leaf_count=-1')).toContain('cover: expected 0 or more, got -1');
    expect(edited('max_feature_idx=7', 'max_feature_idx=8')).toContain('expected 9 feature names, got 8');
    expect(edited('feature_names=Column_0 Column_1', 'feature_names=a a')).toContain('each name once');
    expect(edited('tree_sizes=', 'tree_sizes=1 ')).toContain('expected 13 trees, got 12');
  });

  it('refuses every file that ends too soon', () => {
    fc.assert(
      fc.property(fc.nat(text.indexOf('end of trees') + 11), (length) => {
        expect(failure(() => importLightGbm(text.slice(0, length)))).toContain('model.file-invalid');
      }),
    );
  });

  it('says what is not supported', () => {
    expect(edited('version=v4', 'version=v9')).toContain('learner.input-invalid: LightGBM model, version: expected v3');
    expect(edited('num_class=1', 'num_class=3')).toContain('num_class: expected 1, got 3');
    expect(edited('iteration=1', 'iteration=3')).toContain('num_tree_per_iteration: expected 1, got 3');
    expect(edited('objective=regression', 'objective=lambdarank')).toContain('objective: expected regression, ');
    expect(edited('is_linear=0', 'is_linear=1')).toContain('is_linear: expected 0, got 1');
    expect(edited('decision_type=2', 'decision_type=1')).toContain(
      'learner.input-invalid: LightGBM model, tree 0, node 0: expected splits at a threshold, got a categorical split',
    );
    expect(edited('decision_type=2', 'decision_type=6')).toContain('expected NaN as the only missing value');
  });

  it('reads a quantile from the settings, and refuses a file without', () => {
    const quantile = importedText('light-gbm-quantile.txt');
    expect(importLightGbm(quantile).loss).toEqual({ kind: 'pinball', quantile: 0.9 });
    const without = quantile.replace('[alpha: 0.9]', '');
    expect(failure(() => importLightGbm(without))).toContain('alpha: expected a quantile above 0 and below 1');
  });

  it('takes a tree that did not split, and lines that end as on Windows', () => {
    const [header] = text.split('Tree=0');
    const start = header!.replace(/tree_sizes=.*/, 'tree_sizes=1');
    const lone = `${start}Tree=0\nnum_leaves=1\nleaf_value=2.5\n\nend of trees\n`;
    const model = importLightGbm(lone.replaceAll('\n', '\r\n'));
    expect(predictRow(model, new Float64Array(8))).toBe(2.5);
  });
});

describe('importXgBoost', () => {
  const text = importedText('xg-boost-regression.golden.json');
  const edited = (from: string | RegExp, to: string) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    return failure(() => importXgBoost(changed));
  };

  it('says what is damaged', () => {
    expect(failure(() => importXgBoost('tree\n'))).toContain(
      'model.file-invalid: XGBoost model: expected JSON, got "tree\\n"',
    );
    expect(failure(() => importXgBoost('[]'))).toContain('XGBoost model: expected an object, got []');
    expect(failure(() => importXgBoost('{}'))).toContain('XGBoost model.learner: expected an object, got undefined');
    expect(edited('"num_trees":"12"', '"num_trees":"13"')).toContain('expected 13 trees, got 12');
    expect(edited('"left_children":[1', '"left_children":[0')).toContain('expected each node once, got node 0 again');
    expect(edited('"left_children":[1', '"left_children":[99')).toContain('nodes, got 99');
    expect(edited('"split_indices":[0', '"split_indices":[8')).toContain('expected a column from 0 to 7, got 8');
    expect(edited('"split_indices":[0', '"split_indices":["0"')).toContain('split_indices[0]: expected a number');
    expect(edited('"default_left":[0', '"default_left":[0,0')).toContain('default_left: expected 15 entries, got 16');
    expect(edited(/"base_score":"[^"]*"/, '"base_score":"[]"')).toContain('base_score: expected a number, got "[]"');
    expect(edited('"num_feature":"8","num_target"', '"num_feature":"x","num_target"')).toContain('expected a number');
    expect(edited('"feature_names":[]', '"feature_names":["a"]')).toContain('expected 8 names, got 1');
  });

  it('refuses every file that ends too soon', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(failure(() => importXgBoost(text.slice(0, length)))).toContain('model.file-invalid');
      }),
    );
  });

  it('says what is not supported', () => {
    expect(edited('"name":"gbtree"', '"name":"dart"')).toContain(
      'learner.input-invalid: XGBoost model.learner.gradient_booster.name: expected gbtree, got dart',
    );
    expect(edited('"reg:squarederror"', '"rank:ndcg"')).toContain('objective.name: expected reg:squarederror, ');
    expect(edited('"num_class":"0"', '"num_class":"3"')).toContain('num_class: expected 0 or 1, got 3');
    expect(edited(/"base_score":"[^"]*"/, '"base_score":"[1,2]"')).toContain('expected one target, got [1,2]');
    expect(edited('"split_type":[0', '"split_type":[1')).toContain('expected splits at a threshold, got a categorical');
  });

  it('takes the names and the base score of older files', () => {
    const named = JSON.stringify(Array.from('abcdefgh'));
    const older = text
      .replace('"feature_names":[]', `"feature_names":${named}`)
      .replace(/"base_score":"[^"]*"/, '"base_score":"5E-1"');
    const model = importXgBoost(older);
    expect(model.names).toEqual(Array.from('abcdefgh'));
    expect(model.baseScore).toBe(0.5);
  });
});

describe('the threshold of XGBoost, which compares singles', () => {
  it('sends the same doubles left', () => {
    const nearby = fc.float({ noNaN: true, min: Math.fround(-1e38), max: Math.fround(1e38) }).chain((threshold) =>
      fc.record({
        threshold: fc.constant(threshold),
        value: fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc
            .integer({ min: -64, max: 64 })
            .map((steps) => threshold + (steps / 16) * Math.max(Math.abs(threshold) * 2 ** -24, 2 ** -150)),
        ),
      }),
    );
    fc.assert(
      fc.property(nearby, ({ threshold, value }) => {
        expect(value <= largestDoubleBelow(threshold)).toBe(Math.fround(value) < threshold);
      }),
      { numRuns: 2000 },
    );
  });
});
