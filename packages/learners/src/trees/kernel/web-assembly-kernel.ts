import { readFileSync } from 'node:fs';
import { type BinnedMatrix, type MatrixToBin, rowStride, writeRowMajor } from '../../binning/binned-matrix.ts';
import type { PackedNumbers, Sums } from '../packed-gradients.ts';
import type { BinBytes } from '../row-partition.ts';
import type { SplitRules } from '../split.ts';
import { fewestRows, type ScannedSplit, type TreeKernel } from './tree-kernel.ts';

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

/** The kernel in WebAssembly, with a memory of its own, which holds the bins row by row. */
export class WebAssemblyKernel implements TreeKernel {
  readonly bins: BinBytes;
  readonly #memory = idle.pop() ?? new KernelMemory();
  readonly #exports = this.#memory.exports;
  readonly #stride: number;
  readonly #bins: Address;
  readonly #columnBins: Int32Array;
  /** The list of columns that is being summed or searched. */
  readonly #columns: Int32Array;
  /** Each of the buffers that were made while the memory grew. */
  readonly #buffers = new Set<ArrayBufferLike>();

  constructor(bins: BinnedMatrix | MatrixToBin) {
    this.#stride = rowStride(bins);
    const size = bins.rows * this.#stride;
    this.#bins = this.#memory.allocate(size);
    const bytes = new Uint8Array(this.#memory.buffer, this.#bins, size);
    this.bins = { bytes, columnStep: 1, rowStep: this.#stride };
    try {
      writeRowMajor(bins, bytes);
    } catch (error) {
      this.release();
      throw error;
    }
    this.#columns = this.indices(bins.names.length);
    this.#columnBins = this.indices(bins.names.length);
    this.#columnBins.set(bins.edges.map(({ length }) => length + 1));
  }

  numbers(count: number): Float64Array {
    const address = this.#memory.allocate(count * Float64Array.BYTES_PER_ELEMENT);
    return this.#made(new Float64Array(this.#memory.buffer, address, count));
  }

  indices(count: number): Int32Array {
    const address = this.#memory.allocate(count * Int32Array.BYTES_PER_ELEMENT);
    return this.#made(new Int32Array(this.#memory.buffer, address, count));
  }

  release(): void {
    this.#buffers.clear();
    this.#memory.reset();
    idle.push(this.#memory);
  }

  sum(
    cells: Float64Array,
    { values, unit, perScale }: PackedNumbers,
    columns: Int32Array,
    rows: Int32Array,
    begin: number,
    end: number,
  ): void {
    const [to, from, list] = [this.#addressOf(cells), this.#addressOf(values), this.#addressOf(rows)];
    if (columns.length === this.#columns.length) {
      this.#exports.sumEveryColumn(to, from, unit, perScale, this.#bins, this.#stride, list, begin, end);
      return;
    }
    const [bins, stride, listed] = [this.#bins, this.#stride, this.#listed(columns)];
    this.#exports.sumSomeColumns(to, from, unit, perScale, bins, stride, list, begin, end, listed, columns.length);
  }

  subtract(from: Float64Array, numbers: Float64Array): void {
    this.#exports.subtract(this.#addressOf(from), this.#addressOf(numbers), from.length);
  }

  clear(numbers: Float64Array): void {
    this.#exports.clear(this.#addressOf(numbers), numbers.length);
  }

  scan(
    cells: Float64Array,
    columns: Int32Array,
    node: Sums,
    rules: SplitRules,
    parentScore: number,
  ): ScannedSplit | undefined {
    this.#exports.scanColumns(
      this.#addressOf(cells),
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

  #made<T extends Float64Array | Int32Array>(array: T): T {
    this.#buffers.add(array.buffer);
    // The memory may have been another training's.
    array.fill(0);
    return array;
  }

  #addressOf({ buffer, byteOffset }: Float64Array | Int32Array): Address {
    if (!this.#buffers.has(buffer)) throw new TypeError('the array was not made by this kernel');
    return byteOffset;
  }
}
