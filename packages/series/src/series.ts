import type { Address, Kernel } from './kernel.ts';

/** The rows of a series: one per symbol at a session, or one shared by all symbols. */
export type Scope = 'symbol' | 'session';

/** Makes an operator in a kernel's memory that takes a number of rows per session. */
export type MakeOperator = (kernel: Kernel, width: number) => Address;

/**
 * A formula that computes a number for each bar from others. Features are written in it. It holds no numbers; equal
 * formulas are computed once.
 */
export class Series {
  /** The formula as text: two series with equal text are the same. */
  readonly formula: string;
  readonly inputs: readonly Series[];
  /** Makes the operator that computes it, for a number of rows per session; undefined when it comes from outside. */
  readonly operator: MakeOperator | undefined;
  readonly scope: Scope;

  constructor(
    formula: string,
    inputs: readonly Series[],
    operator: MakeOperator | undefined,
    scope: Scope = inputs[0]?.scope ?? 'symbol',
  ) {
    this.formula = formula;
    this.inputs = inputs;
    this.operator = operator;
    this.scope = scope;
  }

  plus(other: Series | number): Series {
    if (typeof other === 'number') return this.#alone(`plus ${other}`, (kernel) => kernel.addNumber(other));
    return this.#with('plus', other, (kernel) => kernel.add());
  }

  minus(other: Series): Series {
    return this.#with('minus', other, (kernel) => kernel.subtract());
  }

  times(other: Series | number): Series {
    if (typeof other === 'number') return this.#alone(`times ${other}`, (kernel) => kernel.multiplyByNumber(other));
    return this.#with('times', other, (kernel) => kernel.multiply());
  }

  /** The quotient; NaN for a divisor of 0. */
  over(other: Series): Series {
    return this.#with('over', other, (kernel) => kernel.divide());
  }

  squared(): Series {
    return this.times(this);
  }

  /** Natural logarithm; NaN of 0 and below. */
  log(): Series {
    return this.#alone('log', (kernel) => kernel.logarithm());
  }

  squareRoot(): Series {
    return this.#alone('square root', (kernel) => kernel.squareRoot());
  }

  absolute(): Series {
    return this.#alone('absolute', (kernel) => kernel.absolute());
  }

  /** -1, 0 or 1. */
  sign(): Series {
    return this.#alone('sign', (kernel) => kernel.sign());
  }

  /** The number itself above 0, else 0. */
  positivePart(): Series {
    return this.#alone('positive part', (kernel) => kernel.positivePart());
  }

  /** 1 where it is 0, else 0. */
  isZero(): Series {
    return this.#alone('is zero', (kernel) => kernel.isZero());
  }

  largerOf(other: Series): Series {
    return this.#with('larger of', other, (kernel) => kernel.larger());
  }

  /** The number where the other is known, too; NaN elsewhere. */
  whereKnown(other: Series): Series {
    return this.#with('where known', other, (kernel) => kernel.whereKnown());
  }

  #alone(name: string, operator: MakeOperator): Series {
    return new Series(`${name}(${this.formula})`, [this], operator);
  }

  #with(name: string, other: Series, operator: MakeOperator): Series {
    return new Series(`${name}(${this.formula}, ${other.formula})`, [this, other], operator);
  }
}
