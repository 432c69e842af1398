import type { BinnedMatrix } from '../binning/binned-matrix.ts';
import type { Split } from './split.ts';
import type { TreeModel } from './tree-model.ts';

/** The place of a node or leaf: below a node on one side, or at the root of its tree. */
export type Place = { readonly parent: number; readonly side: 'left' | 'right' } | 'root';

/** The first node and leaf of a tree, and its sum of gains for each column. */
interface TreeStart {
  readonly node: number;
  readonly leaf: number;
  readonly gains: Float64Array;
}

export type TreeArrays = Pick<
  TreeModel,
  'roots' | 'feature' | 'threshold' | 'left' | 'right' | 'missingLeft' | 'leafValues' | 'importance' | 'leafCover'
>;

/** The trees of a model while they grow, in the arrays of `TreeModel` and with the bins of the splits. */
export class NodeStore {
  readonly leafValues: number[] = [];
  readonly #bins: BinnedMatrix;
  readonly #starts: TreeStart[] = [];
  readonly #roots: number[] = [];
  readonly #feature: number[] = [];
  readonly #bin: number[] = [];
  readonly #threshold: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #leafCover: number[] = [];
  readonly #children = { left: [] as number[], right: [] as number[] };

  constructor(bins: BinnedMatrix) {
    this.#bins = bins;
  }

  /** Number of trees that have been added. */
  get trees(): number {
    return this.#starts.length;
  }

  /** Begins a tree; what is added next belongs to it. */
  beginTree(): void {
    const gains = new Float64Array(this.#bins.names.length);
    this.#starts.push({ node: this.#feature.length, leaf: this.leafValues.length, gains });
  }

  /** Takes back the newest tree when it is a single leaf; true when it was. */
  dropLoneLeaf(): boolean {
    const start = this.#starts.at(-1);
    if (start === undefined || start.node < this.#feature.length) return false;
    this.#starts.pop();
    this.#roots.pop();
    this.leafValues.pop();
    this.#leafCover.pop();
    return true;
  }

  /** Adds a node and gives its index. */
  addNode(place: Place, { feature, bin, missingLeft, gain }: Split): number {
    const node = this.#feature.length;
    this.#feature.push(feature);
    this.#bin.push(bin);
    // Past the last edge there are only missing values.
    this.#threshold.push(this.#bins.edges[feature]![bin - 1] ?? Infinity);
    this.#missingLeft.push(missingLeft ? 1 : 0);
    this.#children.left.push(0);
    this.#children.right.push(0);
    this.#hang(place, node);
    this.#starts.at(-1)!.gains[feature]! += gain;
    return node;
  }

  /** Adds a leaf of value 0 that has `rows` rows, and gives its index. */
  addLeaf(place: Place, rows: number): number {
    const leaf = this.leafValues.length;
    this.leafValues.push(0);
    this.#leafCover.push(rows);
    this.#hang(place, ~leaf);
    return leaf;
  }

  /** Adds to the scores of some rows the value of the leaf of the newest tree that each falls into. */
  addNewestTree(scores: Float64Array, rows: Int32Array): void {
    const { byColumn } = this.#bins;
    const first = this.#starts.at(-1)!.node;
    const root = this.#roots.at(-1)!;
    const count = this.#feature.length - first;
    // Each node has the start of its column, the next node on the right and on the left, and the bins that go left.
    const columns = Int32Array.from({ length: count }, (_, n) => this.#feature[first + n]! * this.#bins.rows);
    const next = new Int32Array(2 * count);
    const goesLeft = new Uint8Array(256 * count);
    const { left, right } = this.#children;
    for (let n = 0; n < count; n += 1) {
      const node = first + n;
      for (const [side, child] of [right[node]!, left[node]!].entries()) {
        next[2 * n + side] = child < 0 ? child : child - first;
      }
      goesLeft.fill(1, 256 * n + 1, 256 * n + this.#bin[node]! + 1);
      goesLeft[256 * n] = this.#missingLeft[node]!;
    }
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i]!;
      let child = root < 0 ? root : root - first;
      // No branch but the one that ends it, which is the same for most rows.
      while (child >= 0) child = next[2 * child + goesLeft[256 * child + byColumn[columns[child]! + row]!]!]!;
      scores[row]! += this.leafValues[~child]!;
    }
  }

  firstTrees(trees: number): TreeArrays {
    const end = this.#starts[trees] ?? { node: this.#feature.length, leaf: this.leafValues.length };
    const importance = new Float64Array(this.#bins.names.length);
    for (const { gains } of this.#starts.slice(0, trees)) {
      for (let f = 0; f < gains.length; f += 1) importance[f]! += gains[f]!;
    }
    return {
      roots: Int32Array.from(this.#roots.slice(0, trees)),
      feature: Uint16Array.from(this.#feature.slice(0, end.node)),
      threshold: Float64Array.from(this.#threshold.slice(0, end.node)),
      left: Int32Array.from(this.#children.left.slice(0, end.node)),
      right: Int32Array.from(this.#children.right.slice(0, end.node)),
      missingLeft: Uint8Array.from(this.#missingLeft.slice(0, end.node)),
      leafValues: Float64Array.from(this.leafValues.slice(0, end.leaf)),
      importance,
      leafCover: Float64Array.from(this.#leafCover.slice(0, end.leaf)),
    };
  }

  #hang(place: Place, child: number): void {
    if (place === 'root') this.#roots.push(child);
    else this.#children[place.side][place.parent] = child;
  }
}
