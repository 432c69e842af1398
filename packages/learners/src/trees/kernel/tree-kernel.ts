import { readFileSync } from 'node:fs';
import { DayTradeError } from '@daytrade/errors';
import { type BinnedMatrix, rowStride, writeRowMajor } from '../../binning/binned-matrix.ts';
import { mostTrainingRows, type PackedNumbers, type Sums } from '../packed-gradients.ts';
import type { SplitRules } from '../split.ts';

/** Cells of one column: bin 0 is missing. */
export const binsPerColumn = 256;

/** The split of a node that gains most, by the place of its column in the list that was searched. */
export interface ScannedSplit {
  readonly slot: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly score: number;
  readonly left: Sums;
}

/** An address in the kernel's memory, in bytes. */
type Address = number;

/** The exports of `packages/learners/kernel`. */
interface Exports {
  /**
   * Address of the result of `scanColumns`: score, count and gradient as numbers, then slot, bin and missingLeft as
   * integers.
   */
  readonly best: { readonly value: Address };
  /** Start of the memory that the code itself does not use. */
  firstFree(): Address;
  clear(numbers: Address, count: number): void;
  subtract(from: Address, numbers: Address, count: number): void;
  sumEveryColumn(
    cells: Address,
    values: Address,
    unit: number,
    perScale: number,
    bins: Address,
    stride: number,
    rows: Address,
    begin: number,
    end: number,
  ): void;
  sumSomeColumns(
    cells: Address,
    values: Address,
    unit: number,
    perScale: number,
    bins: Address,
    stride: number,
    rows: Address,
    begin: number,
    end: number,
    columns: Address,
    columnCount: number,
  ): void;
  scanColumns(
    cells: Address,
    columns: Address,
    columnCount: number,
    columnBins: Address,
    parentScore: number,
    nodeCount: number,
    nodeGradient: number,
    minimumRows: number,
    l2: number,
    unit: number,
  ): void;
}

/** The used part of WebAssembly's types, which TypeScript has among the types of browsers only. */
declare const WebAssembly: {
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { env: { memory: SharedMemory } },
  ) => { readonly exports: unknown };
};
interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}
interface CompiledModule {
  readonly compiled: unique symbol;
}

/** Bytes of a line of the processor's cache. */
const lineBytes = 64;

const bytesOfPage = 65_536;
/** 4 GB. */
const mostPages = 65_536;

let compiled: CompiledModule | undefined;
/** Memories of this thread's trainings that are over: the engine would keep them for long. */
const idle: KernelMemory[] = [];

/** A memory and the code that works on it. Its arrays lie side by side and are released together. */
class KernelMemory {
  readonly exports: Exports;
  /** Shared, since then what was made before it grows stays where it is; no other thread has it. */
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
  readonly #first: Address;
  #next: Address;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));
    this.exports = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } }).exports as Exports;
    this.#first = this.exports.firstFree();
    this.#next = this.#first;
  }

  get buffer(): SharedArrayBuffer {
    return this.#memory.buffer;
  }

  /**
   * Room for this many bytes at the beginning of a line of the cache, so that a row of bins touches as few of them as
   * can be.
   */
  allocate(bytes: number): Address {
    const address = Math.ceil(this.#next / lineBytes) * lineBytes;
    this.#next = address + bytes;
    const missing = this.#next - this.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / bytesOfPage));
    return address;
  }

  reset(): void {
    this.#next = this.#first;
  }
}

/** Bytes beyond which a training may not fit into the 4 GB that WebAssembly addresses, with its histograms. */
const mostBytes = 3 * 2 ** 30;

/**
 * The loops that a training spends its time in, over the bins of one matrix, in WebAssembly. Its memory holds the bins
 * row by row; arrays that it reads and writes have to come from the kernel itself, except lists of columns.
 */
export class TreeKernel {
  readonly #memory = idle.pop() ?? new KernelMemory();
  readonly #exports = this.#memory.exports;
  readonly #stride: number;
  readonly #bins: Address;
  readonly #columnBins: Int32Array;
  /** The list of columns that is being summed or searched. */
  readonly #columns: Int32Array;

  constructor(bins: BinnedMatrix) {
    this.#stride = rowStride(bins);
    const size = bins.rows * this.#stride;
    this.#bins = this.#memory.allocate(size);
    writeRowMajor(bins, new Uint8Array(this.#memory.buffer, this.#bins, size));
    this.#columns = this.indices(bins.names.length);
    this.#columnBins = this.indices(bins.names.length);
    this.#columnBins.set(bins.edges.map(({ length }) => length + 1));
  }

  /** Returns an array of zeros for gradients or the cells of a histogram. */
  numbers(count: number): Float64Array {
    const address = this.#memory.allocate(count * Float64Array.BYTES_PER_ELEMENT);
    // The memory may have been another training's.
    return new Float64Array(this.#memory.buffer, address, count).fill(0);
  }

  /** Returns an array of zeros for row indices. */
  indices(count: number): Int32Array {
    const address = this.#memory.allocate(count * Int32Array.BYTES_PER_ELEMENT);
    return new Int32Array(this.#memory.buffer, address, count).fill(0);
  }

  /** Ends the training: neither the kernel nor what it made may be used any more. */
  release(): void {
    this.#memory.reset();
    idle.push(this.#memory);
  }

  /**
   * Adds the numbers of rows `begin` to `end - 1` of the list, packed, to the cells of their bins: column `columns[k]`
   * in the cells from `k * binsPerColumn`. There have to be cells for a multiple of 8 columns.
   */
  sum(
    cells: Float64Array,
    { values, unit, perScale }: PackedNumbers,
    columns: Int32Array,
    rows: Int32Array,
    begin: number,
    end: number,
  ): void {
    const [to, from, list] = [cells.byteOffset, values.byteOffset, rows.byteOffset];
    if (columns.length === this.#columns.length) {
      this.#exports.sumEveryColumn(to, from, unit, perScale, this.#bins, this.#stride, list, begin, end);
      return;
    }
    const [bins, stride, listed] = [this.#bins, this.#stride, this.#listed(columns)];
    this.#exports.sumSomeColumns(to, from, unit, perScale, bins, stride, list, begin, end, listed, columns.length);
  }

  /** Takes numbers from others, in place. */
  subtract(from: Float64Array, numbers: Float64Array): void {
    this.#exports.subtract(from.byteOffset, numbers.byteOffset, from.length);
  }

  clear(numbers: Float64Array): void {
    this.#exports.clear(numbers.byteOffset, numbers.length);
  }

  /**
   * The split of a node with the best score above that of its parent, where every Hessian is 1: nearly all of a
   * training with squared loss is spent here. Ties go to the first column, the lowest bin and missing values on the
   * right.
   */
  scan(
    cells: Float64Array,
    columns: Int32Array,
    node: Sums,
    rules: SplitRules,
    parentScore: number,
  ): ScannedSplit | undefined {
    this.#exports.scanColumns(
      cells.byteOffset,
      this.#listed(columns),
      columns.length,
      this.#columnBins.byteOffset,
      parentScore,
      node.count,
      node.gradient,
      fewestRows(rules),
      rules.l2,
      rules.unit,
    );
    const best = this.#exports.best.value;
    const [score, count, gradient] = new Float64Array(this.#memory.buffer, best, 3);
    const [slot, bin, missingLeft] = new Int32Array(this.#memory.buffer, best + 3 * Float64Array.BYTES_PER_ELEMENT, 3);
    if (slot! < 0) return undefined;
    const left = { count: count!, gradient: gradient!, hessian: count! };
    return { slot: slot!, bin: bin!, missingLeft: missingLeft === 1, score: score!, left };
  }

  #listed(columns: Int32Array): Address {
    this.#columns.set(columns);
    return this.#columns.byteOffset;
  }
}

/**
 * Refuses a matrix whose bins, scores, gradients, Hessians and two lists of rows do not fit, whose bins have addresses
 * beyond 31 bits, or of which more rows are learned from than can be packed.
 *
 * @throws DayTradeError `training.too-large` with how many rows there are and how many there may be
 */
export function checkSize(matrix: Pick<BinnedMatrix, 'names' | 'rows'>, learned: number): void {
  const stride = rowStride(matrix);
  const bytesOfRow = stride + 3 * Float64Array.BYTES_PER_ELEMENT + 2 * Int32Array.BYTES_PER_ELEMENT;
  const mostRows = Math.floor(Math.min(mostBytes / bytesOfRow, (2 ** 31 - 1) / stride));
  if (matrix.rows <= mostRows && learned <= mostTrainingRows) return;
  const [rows, most] = matrix.rows > mostRows ? [matrix.rows, mostRows] : [learned, mostTrainingRows];
  const columns = matrix.names.length;
  throw new DayTradeError(
    'training.too-large',
    `too many rows to train on: ${rows} of ${columns} columns; at most ${most} fit into memory`,
  );
}

/** Rows that a child has to have at least, where every row's Hessian is 1. */
export function fewestRows({ minimumRows, minimumHessian }: SplitRules): number {
  return Math.max(minimumRows, Math.ceil(minimumHessian));
}
