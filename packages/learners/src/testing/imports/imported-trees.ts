import { DayTradeError } from '@daytrade/errors';
import { inputInvalid } from '../../input-invalid.ts';
import type { Place, TreeArrays } from '../../trees/node-store.ts';

/** A node of a tree in someone else's file; `left` and `right` are the file's own numbers of the children. */
export interface SourceSplit {
  readonly kind: 'split';
  readonly feature: number;
  /** Values up to this one go left. */
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: number;
  readonly right: number;
}

/** A leaf of a tree in someone else's file. */
export interface SourceLeaf {
  readonly kind: 'leaf';
  readonly value: number;
  readonly cover: number;
}

/** Gathers the trees of a file in the arrays of `TreeModel`, numbered anew: a child comes after its parent. */
export class ImportedTrees {
  readonly #columns: number;
  readonly #splits: SourceSplit[] = [];
  readonly #leaves: SourceLeaf[] = [];
  readonly #roots: number[] = [];
  readonly #children = { left: [] as number[], right: [] as number[] };

  constructor(columns: number) {
    this.#columns = columns;
  }

  /**
   * Adds the tree below `root`; `sourceOf` gives what has a number in the file and throws for a number that nothing
   * has.
   *
   * @throws DayTradeError `model.file-invalid` for a tree that leads to a node twice or splits an unknown column
   */
  add(root: number, sourceOf: (number: number) => SourceSplit | SourceLeaf): void {
    const tree = this.#roots.length;
    const seen = new Set<number>();
    const open: { readonly number: number; readonly place: Place }[] = [{ number: root, place: 'root' }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { number, place } = next;
      if (seen.has(number)) throw fileInvalid(`tree ${tree}`, 'each node once', `node ${number} again`);
      seen.add(number);
      const source = sourceOf(number);
      checkSource(source, this.#columns, `tree ${tree}, node ${number}`);
      if (source.kind === 'leaf') {
        this.#hang(place, ~this.#leaves.length);
        this.#leaves.push(source);
        continue;
      }
      const node = this.#splits.length;
      this.#hang(place, node);
      this.#splits.push(source);
      open.push({ number: source.right, place: { parent: node, side: 'right' } });
      open.push({ number: source.left, place: { parent: node, side: 'left' } });
    }
  }

  /** The arrays, leaf values times `scale`. */
  arrays(scale: number): TreeArrays {
    const importance = new Float64Array(this.#columns);
    for (const { feature, gain } of this.#splits) importance[feature]! += gain;
    return {
      roots: Int32Array.from(this.#roots),
      feature: Uint16Array.from(this.#splits, ({ feature }) => feature),
      threshold: Float64Array.from(this.#splits, ({ threshold }) => threshold),
      left: Int32Array.from(this.#children.left),
      right: Int32Array.from(this.#children.right),
      missingLeft: Uint8Array.from(this.#splits, ({ missingLeft }) => (missingLeft ? 1 : 0)),
      leafValues: Float64Array.from(this.#leaves, ({ value }) => value * scale),
      importance,
      leafCover: Float64Array.from(this.#leaves, ({ cover }) => cover),
    };
  }

  #hang(place: Place, child: number): void {
    if (place === 'root') this.#roots.push(child);
    else this.#children[place.side][place.parent] = child;
  }
}

/** The error for a file that is damaged: where, what was expected and what was found. */
export function fileInvalid(where: string, expected: string, got: unknown, cause?: unknown): DayTradeError {
  return new DayTradeError('model.file-invalid', `${where}: expected ${expected}, got ${String(got)}`, {
    details: { where, expected, got: String(got) },
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * Checks the names of an imported model's columns.
 *
 * @throws DayTradeError `model.file-invalid` for a name that comes twice, `learner.input-invalid` for too many columns
 */
export function checkColumns(file: string, names: readonly string[]): void {
  if (names.length === 0) throw fileInvalid(file, 'at least one column', 'none');
  if (new Set(names).size < names.length)
    throw fileInvalid(`${file}, feature names`, 'each name once', names.join(' '));
  if (names.length > mostColumns)
    throw inputInvalid(`${file}, columns`, names.length, `at most ${mostColumns} columns`);
}

/** What the index of a column in `TreeModel.feature` has room for. */
const mostColumns = 2 ** 16;

function checkSource(source: SourceSplit | SourceLeaf, columns: number, where: string): void {
  if (source.kind === 'leaf') {
    const { cover } = source;
    if (!(cover >= 0 && cover < Infinity)) throw fileInvalid(`${where}, cover`, '0 or more', cover);
    if (!Number.isFinite(source.value)) throw fileInvalid(`${where}, leaf value`, 'a finite number', source.value);
    return;
  }
  const { feature, threshold, gain } = source;
  if (!Number.isInteger(feature) || feature < 0 || feature >= columns) {
    throw fileInvalid(`${where}, split feature`, `a column from 0 to ${columns - 1}`, feature);
  }
  if (Number.isNaN(threshold)) throw fileInvalid(`${where}, threshold`, 'a number', threshold);
  if (!Number.isFinite(gain)) throw fileInvalid(`${where}, gain`, 'a finite number', gain);
}
