import { readFileSync } from 'node:fs';

/** An address of an operator or array in a kernel's memory, in bytes. */
export type Address = number;

/**
 * The loops over rows, compiled from `packages/series/kernel`, and a memory of their own for what they read, write and
 * remember. That memory is let go with the kernel: nothing in it is freed alone.
 */
export interface Kernel {
  /** Its buffer is another one after each call that makes something. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Room for this many numbers and an unused one: operators take two rows at a time. */
  numbers(count: number): Address;
  /**
   * Has an operator write `output[0..count)` from the same rows of its inputs, the next sessions that it has not seen:
   * row `k * width + s` is symbol s at the k-th of them.
   *
   * @param gaps 0 in the rows that have a bar, NaN in the others
   * @param y any address for an operator with one input
   */
  take(operator: Address, count: number, width: number, gaps: Address, x: Address, y: Address, output: Address): void;

  /**
   * Makes NaN of five numbers that are not a bar, and finds the gaps. A bar has positive prices and a volume not below
   * 0, all finite.
   */
  keepBars(
    count: number,
    open: Address,
    high: Address,
    low: Address,
    close: Address,
    volume: Address,
    gaps: Address,
  ): void;

  /**
   * Rounds this many numbers to 32 bits, which lie from `to` on: four at a time, so up to three behind the last are
   * written, too.
   */
  roundRows(count: number, from: Address, to: Address): void;

  add(): Address;
  subtract(): Address;
  multiply(): Address;
  divide(): Address;
  addNumber(number: number): Address;
  multiplyByNumber(number: number): Address;
  larger(): Address;
  whereKnown(): Address;
  squareRoot(): Address;
  absolute(): Address;
  sign(): Address;
  positivePart(): Address;
  isZero(): Address;
  logarithm(): Address;
  rollingMean(width: number, size: number): Address;
  rollingVariance(width: number, size: number): Address;
  rollingCovariance(width: number, size: number): Address;
  rollingRank(width: number, size: number): Address;
  rollingExtreme(width: number, size: number, sign: 1 | -1): Address;
  exponentialMean(width: number, decay: number, minimum: number): Address;
  lag(width: number, bars: number): Address;
  change(width: number, bars: number): Address;
  meanAcross(): Address;
  deviationAcross(): Address;
  positiveShareAcross(): Address;
  everySymbol(): Address;
  rankAcross(width: number): Address;
}

interface Exports extends Kernel {
  /** For each of 256 intervals of a number's first digits its middle c, 1 / c, ln c, and a place that stays empty. */
  logarithmIntervals(): Address;
}

/** The used part of WebAssembly's types, which TypeScript has among the types of browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (module: CompiledModule) => { readonly exports: unknown };
};
interface CompiledModule {
  readonly compiled: unique symbol;
}

let compiled: CompiledModule | undefined;

/** A kernel with a memory of its own. */
export function createKernel(): Kernel {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)));
  const kernel = new WebAssembly.Instance(compiled).exports as Exports;
  new Float64Array(kernel.memory.buffer, kernel.logarithmIntervals()).set(logarithmIntervals);
  return kernel;
}

/**
 * See {@link Exports.logarithmIntervals}. The middle is 1 for the two that touch it, so that a logarithm near 0 keeps
 * all its digits.
 */
const logarithmIntervals = Array.from({ length: 256 }, (_, i) => {
  const [from, to] = [boundary(i), boundary(i + 1)];
  const middle = from === 1 || to === 1 ? 1 : (from + to) / 2;
  return [middle, 1 / middle, Math.log(middle), 0];
}).flat();

/**
 * Returns the start of an interval: the first at 0.6875, the 160th at 1, after which numbers have one binary digit
 * less.
 */
function boundary(interval: number): number {
  return interval < 160 ? 0.6875 + interval / 512 : 1 + (interval - 160) / 256;
}
