import { binsPerColumn, type TreeKernel } from './kernel/tree-kernel.ts';
import type { PackedGradients } from './packed-gradients.ts';

/**
 * Packed gradients summed by bin. Slot `k` holds column `columns[k]` of the list it was built for, in the cells from
 * `k * binsPerColumn`.
 */
export interface Histogram {
  readonly cells: Float64Array;
  /** Undefined when every Hessian is 1. */
  readonly hessians: Float64Array | undefined;
}

/** Builds histograms of the rows of one tree and keeps the memory of those that are done with. */
export class HistogramBuilder {
  readonly #kernel: TreeKernel;
  readonly #slots: number;
  readonly #free: Histogram[] = [];
  readonly #withHessians: boolean;

  /** @param columns most columns of a histogram */
  constructor(kernel: TreeKernel, columns: number, withHessians: boolean) {
    this.#kernel = kernel;
    this.#slots = Math.ceil(columns / 8) * 8;
    this.#withHessians = withHessians;
  }

  /** The histogram of rows `begin` to `end - 1` of the list. */
  build(packed: PackedGradients, columns: Int32Array, rows: Int32Array, begin: number, end: number): Histogram {
    const histogram = this.#empty();
    this.#kernel.sum(histogram.cells, packed.gradients, columns, rows, begin, end);
    if (histogram.hessians && packed.hessians) {
      this.#kernel.sum(histogram.hessians, packed.hessians, columns, rows, begin, end);
    }
    return histogram;
  }

  /** Turns the histogram of a parent into that of one child, given the other's. */
  subtract(parent: Histogram, child: Histogram): Histogram {
    this.#kernel.subtract(parent.cells, child.cells);
    if (parent.hessians && child.hessians) this.#kernel.subtract(parent.hessians, child.hessians);
    return parent;
  }

  /** Gives back the memory of a histogram. */
  release(histogram: Histogram | undefined): void {
    if (histogram) this.#free.push(histogram);
  }

  #empty(): Histogram {
    const kernel = this.#kernel;
    const used = this.#free.pop();
    if (used) {
      kernel.clear(used.cells);
      if (used.hessians) kernel.clear(used.hessians);
      return used;
    }
    const size = this.#slots * binsPerColumn;
    return { cells: kernel.numbers(size), hessians: this.#withHessians ? kernel.numbers(size) : undefined };
  }
}
