import { describe, expect, it } from 'vitest';
import { binMatrix } from '../binning/binned-matrix.ts';
import { predict, treeContributions } from '../model.ts';
import { matrixOf, range } from '../testing/simulated-data.ts';
import { NodeStore } from './node-store.ts';
import type { TreeModel } from './tree-model.ts';

const matrix = matrixOf({ a: [1, 2, 3, 4, NaN, 2, 2], b: [10, 20, 10, 30, 20, NaN, 30] });
const bins = binMatrix(matrix);

/** A tree of three questions, one of a single leaf, which is taken back, and one of a single question. */
function twoTrees(): NodeStore {
  const nodes = new NodeStore(bins);
  nodes.beginTree();
  const root = nodes.addNode('root', { feature: 0, bin: 2, missingLeft: true, gain: 5 });
  const left = nodes.addNode({ parent: root, side: 'left' }, { feature: 1, bin: 1, missingLeft: false, gain: 2 });
  nodes.addLeaf({ parent: left, side: 'left' }, 1);
  const last = nodes.addNode({ parent: left, side: 'right' }, { feature: 1, bin: 3, missingLeft: false, gain: 1 });
  nodes.addLeaf({ parent: root, side: 'right' }, 2);
  nodes.addLeaf({ parent: last, side: 'left' }, 3);
  nodes.addLeaf({ parent: last, side: 'right' }, 1);
  nodes.leafValues.splice(0, 4, 1, 20, 300, 4000);
  nodes.beginTree();
  nodes.addLeaf('root', 7);
  expect(nodes.dropLoneLeaf()).toBe(true);
  nodes.beginTree();
  const second = nodes.addNode('root', { feature: 0, bin: 3, missingLeft: false, gain: 7 });
  nodes.addLeaf({ parent: second, side: 'left' }, 4);
  nodes.addLeaf({ parent: second, side: 'right' }, 3);
  nodes.leafValues.splice(4, 2, 0.5, 0.25);
  expect(nodes.dropLoneLeaf()).toBe(false);
  return nodes;
}

/** What the two trees say of each row. */
const first = [1, 300, 20, 20, 300, 4000, 300];
const second = [0.5, 0.5, 0.5, 0.25, 0.25, 0.5, 0.5];

describe('the trees of a model', () => {
  it('stand in arrays, with thresholds on the edges of the bins, and infinity past the last', () => {
    const nodes = twoTrees();
    expect(nodes.trees).toBe(2);
    expect(nodes.firstTrees(2)).toEqual({
      roots: Int32Array.of(0, 3),
      feature: Uint16Array.of(0, 1, 1, 0),
      threshold: Float64Array.of(2.5, 15, Infinity, 3.5),
      left: Int32Array.of(1, ~0, ~2, ~4),
      right: Int32Array.of(~1, 2, ~3, ~5),
      missingLeft: Uint8Array.of(1, 0, 0, 0),
      leafValues: Float64Array.of(1, 20, 300, 4000, 0.5, 0.25),
      importance: Float64Array.of(12, 3),
      leafCover: Float64Array.of(1, 2, 3, 1, 4, 3),
    });
    expect(nodes.firstTrees(1)).toEqual({
      roots: Int32Array.of(0),
      feature: Uint16Array.of(0, 1, 1),
      threshold: Float64Array.of(2.5, 15, Infinity),
      left: Int32Array.of(1, ~0, ~2),
      right: Int32Array.of(~1, 2, ~3),
      missingLeft: Uint8Array.of(1, 0, 0),
      leafValues: Float64Array.of(1, 20, 300, 4000),
      importance: Float64Array.of(5, 3),
      leafCover: Float64Array.of(1, 2, 3, 1),
    });
    expect(nodes.firstTrees(0)).toMatchObject({ roots: new Int32Array(0), leafValues: new Float64Array(0) });
  });

  it('add the leaf of the newest tree to the scores of some rows', () => {
    const nodes = twoTrees();
    const scores = new Float64Array(7).fill(100);
    nodes.addNewestTree(scores, Int32Array.of(0, 3, 4, 6));
    expect([...scores]).toEqual([100.5, 100, 100, 100.25, 100.25, 100, 100.5]);
  });

  it('fall to the leaf that their bins lead to, also where nodes of another tree stand before', () => {
    const nodes = new NodeStore(bins);
    nodes.beginTree();
    nodes.addNode('root', { feature: 1, bin: 1, missingLeft: false, gain: 1 });
    nodes.addLeaf({ parent: 0, side: 'left' }, 1);
    nodes.addLeaf({ parent: 0, side: 'right' }, 1);
    nodes.beginTree();
    const root = nodes.addNode('root', { feature: 0, bin: 2, missingLeft: true, gain: 5 });
    const left = nodes.addNode({ parent: root, side: 'left' }, { feature: 1, bin: 1, missingLeft: false, gain: 2 });
    const last = nodes.addNode({ parent: left, side: 'right' }, { feature: 1, bin: 3, missingLeft: false, gain: 1 });
    nodes.addLeaf({ parent: left, side: 'left' }, 1);
    nodes.addLeaf({ parent: root, side: 'right' }, 2);
    nodes.addLeaf({ parent: last, side: 'left' }, 3);
    nodes.addLeaf({ parent: last, side: 'right' }, 1);
    nodes.leafValues.splice(2, 4, 1, 20, 300, 4000);
    const scores = new Float64Array(7);
    nodes.addNewestTree(scores, range(0, 7));
    expect([...scores]).toEqual(first);
  });

  it('predict and explain the same from the values themselves', () => {
    const model: TreeModel = {
      kind: 'trees',
      names: matrix.names,
      grower: 'leaf-wise',
      loss: { kind: 'squared' },
      baseScore: 10,
      ...twoTrees().firstTrees(2),
    };
    const expected = first.map((value, row) => 10 + value + second[row]!);
    expect([...predict(model, matrix)]).toEqual(expected);
    const { baseValue, contributions } = treeContributions(model, matrix, range(0, 7));
    // The means over the leaves by their rows.
    expect(baseValue).toBeCloseTo(10 + (1 + 2 * 20 + 3 * 300 + 4000) / 7 + (4 * 0.5 + 3 * 0.25) / 7, 9);
    for (const [row, value] of expected.entries()) {
      expect(baseValue + contributions.values[row]! + contributions.values[7 + row]!).toBeCloseTo(value, 9);
    }
    // A value on a threshold goes left.
    const on = matrixOf({ a: [2.5, 3.5, 3.6], b: [15, 15, 15] });
    expect([...predict(model, on)]).toEqual([10 + 1 + 0.5, 10 + 20 + 0.5, 10 + 20 + 0.25]);
    const explained = treeContributions(model, on, range(0, 3));
    for (const [row, value] of [11.5, 30.5, 30.25].entries()) {
      const { values } = explained.contributions;
      expect(explained.baseValue + values[row]! + values[3 + row]!).toBeCloseTo(value, 9);
    }
  });
});
