import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import { drawWithoutReplacement, type Random, shareOf } from '../random.ts';
import { findNodeSplit } from './find-node-split.ts';
import type { Histogram, HistogramBuilder } from './histogram.ts';
import type { TreeKernel } from './kernel/tree-kernel.ts';
import type { NodeStore, Place } from './node-store.ts';
import { type PackedGradients, type Sums, sumsOf, without } from './packed-gradients.ts';
import { type PartitionBuffers, RowPartition } from './row-partition.ts';
import type { NodeSplit, Split, SplitRules } from './split.ts';

/** A node that may still be split: its rows are `begin` to `end - 1` of the partition. */
export interface OpenNode {
  readonly place: Place;
  readonly begin: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: Sums;
  histogram: Histogram | undefined;
  split: NodeSplit | undefined;
}

/** A finished leaf and its rows. */
export interface GrownLeaf {
  readonly leaf: number;
  readonly begin: number;
  readonly end: number;
}

export interface GrowthInput {
  readonly bins: BinnedMatrix;
  readonly kernel: TreeKernel;
  readonly histograms: HistogramBuilder;
  readonly nodes: NodeStore;
  readonly packed: PackedGradients;
  readonly rules: SplitRules;
  readonly rows: Int32Array;
  readonly partitionBuffers: PartitionBuffers;
  readonly columns: Int32Array;
  /** Share of `columns` drawn at each split. */
  readonly columnSamplePerSplit: number;
  readonly maximumDepth: number;
  readonly random: Random;
}

/**
 * One tree while it grows: the common steps of every grower. If each split searches all columns of the tree, only the
 * smaller child's histogram is built; the larger one's is the rest of the parent's. If columns are drawn, each node
 * builds the drawn ones for itself.
 */
export class TreeGrowth {
  readonly leaves: GrownLeaf[] = [];
  readonly partition: RowPartition;
  readonly input: GrowthInput;
  readonly #drawsColumns: boolean;

  constructor(input: GrowthInput) {
    this.input = input;
    this.partition = new RowPartition(input.bins, input.rows, input.partitionBuffers);
    this.#drawsColumns = input.columnSamplePerSplit < 1;
    input.nodes.beginTree();
  }

  root(): OpenNode {
    const { packed, rows } = this.input;
    const sums = sumsOf(packed, rows);
    return {
      place: 'root',
      begin: 0,
      end: rows.length,
      depth: 0,
      sums,
      histogram: undefined,
      split: undefined,
    };
  }

  /** The columns that a split is searched in. */
  drawColumns(): Int32Array {
    const { columns, columnSamplePerSplit, random } = this.input;
    if (!this.#drawsColumns) return columns;
    return drawWithoutReplacement(columns, shareOf(columns.length, columnSamplePerSplit), random);
  }

  fill(node: OpenNode, columns: Int32Array): Histogram {
    const { histograms, packed } = this.input;
    node.histogram ??= histograms.build(packed, columns, this.partition.rows, node.begin, node.end);
    return node.histogram;
  }

  /** Looks for the node's best split; without one, it can only be closed. */
  search(node: OpenNode): void {
    const { bins, kernel, rules } = this.input;
    if (this.mayBeSplit(node)) {
      const columns = this.drawColumns();
      node.split = findNodeSplit(kernel, this.fill(node, columns), columns, bins, node.sums, rules);
    }
    if (node.split === undefined || this.#drawsColumns) this.releaseHistogram(node);
  }

  /** True when depth and rows leave room for two children. */
  mayBeSplit(node: OpenNode): boolean {
    return node.depth < this.input.maximumDepth && node.sums.count >= 2 * Math.max(1, this.input.rules.minimumRows);
  }

  /** Splits a node into two that have not been searched; `left` is what goes left. */
  divide(node: OpenNode, split: Split, left: Sums): readonly [OpenNode, OpenNode] {
    const parent = this.input.nodes.addNode(node.place, split);
    const middle = this.partition.split(node.begin, node.end, split);
    const right = without(node.sums, left);
    const child = (begin: number, end: number, side: 'left' | 'right', sums: Sums): OpenNode => ({
      place: { parent, side },
      begin,
      end,
      depth: node.depth + 1,
      sums,
      histogram: undefined,
      split: undefined,
    });
    return [child(node.begin, middle, 'left', left), child(middle, node.end, 'right', right)];
  }

  /** Hands a parent's histogram on: builds that of the smaller child and leaves the rest to the larger one. */
  inherit(parent: OpenNode, [left, right]: readonly [OpenNode, OpenNode]): void {
    const { histograms, columns } = this.input;
    if (parent.histogram === undefined || this.#drawsColumns) return;
    const [smaller, larger] = left.sums.count <= right.sums.count ? [left, right] : [right, left];
    larger.histogram = histograms.subtract(parent.histogram, this.fill(smaller, columns));
    parent.histogram = undefined;
  }

  /** Splits a searched node by the split that was found, and searches both children. */
  splitAndSearch(node: OpenNode, split: NodeSplit): readonly [OpenNode, OpenNode] {
    const children = this.divide(node, split, split.left);
    if (children.some((child) => this.mayBeSplit(child))) this.inherit(node, children);
    this.releaseHistogram(node);
    for (const child of children) this.search(child);
    return children;
  }

  /** Turns a node into a leaf. */
  close(node: OpenNode): void {
    this.releaseHistogram(node);
    const { place, begin, end } = node;
    this.leaves.push({ leaf: this.input.nodes.addLeaf(place, end - begin), begin, end });
  }

  releaseHistogram(node: OpenNode): void {
    this.input.histograms.release(node.histogram);
    node.histogram = undefined;
  }
}
