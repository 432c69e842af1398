import type { Operator } from './operator.ts';
import {
  absolute,
  add,
  addNumber,
  divide,
  isZero,
  larger,
  multiply,
  multiplyByNumber,
  positivePart,
  sign,
  squareRoot,
  subtract,
  whereKnown,
} from './operators/arithmetic.ts';
import { logarithm } from './operators/logarithm.ts';

/** Whether a series has a number for each symbol at a session, or one that they share. */
export type Scope = 'symbol' | 'session';

/**
 * How a number for each bar is computed from others: what features are written in. It holds no numbers itself; equal formulas are
 * computed once, whoever uses them.
 *
 * @example
 * const distance = logClose.minus(rollingMean(close, 20).log());
 */
export class Series {
  /** What is computed, as text: two series with one formula are the same. */
  readonly formula: string;
  readonly inputs: readonly Series[];
  /** The step that computes it, for so many rows a session; undefined when it comes from outside. */
  readonly operator: ((width: number) => Operator) | undefined;
  readonly scope: Scope;

  constructor(
    formula: string,
    inputs: readonly Series[],
    operator: ((width: number) => Operator) | undefined,
    scope: Scope = inputs[0]?.scope ?? 'symbol',
  ) {
    this.formula = formula;
    this.inputs = inputs;
    this.operator = operator;
    this.scope = scope;
  }

  plus(other: Series | number): Series {
    if (typeof other === 'number') return this.#alone(`plus ${other}`, addNumber(other));
    return this.#with('plus', other, add);
  }

  minus(other: Series): Series {
    return this.#with('minus', other, subtract);
  }

  times(other: Series | number): Series {
    if (typeof other === 'number') return this.#alone(`times ${other}`, multiplyByNumber(other));
    return this.#with('times', other, multiply);
  }

  /** The quotient; NaN for a divisor of 0. */
  over(other: Series): Series {
    return this.#with('over', other, divide);
  }

  squared(): Series {
    return this.times(this);
  }

  /** Natural logarithm; NaN of 0 and below. */
  log(): Series {
    return this.#alone('log', logarithm);
  }

  squareRoot(): Series {
    return this.#alone('square root', squareRoot);
  }

  absolute(): Series {
    return this.#alone('absolute', absolute);
  }

  /** -1, 0 or 1. */
  sign(): Series {
    return this.#alone('sign', sign);
  }

  /** The number itself above 0, else 0. */
  positivePart(): Series {
    return this.#alone('positive part', positivePart);
  }

  /** 1 where it is 0, else 0. */
  isZero(): Series {
    return this.#alone('is zero', isZero);
  }

  largerOf(other: Series): Series {
    return this.#with('larger of', other, larger);
  }

  /** The number where the other is known, too; NaN elsewhere. */
  whereKnown(other: Series): Series {
    return this.#with('where known', other, whereKnown);
  }

  #alone(name: string, operator: Operator): Series {
    return new Series(`${name}(${this.formula})`, [this], () => operator);
  }

  #with(name: string, other: Series, operator: Operator): Series {
    return new Series(`${name}(${this.formula}, ${other.formula})`, [this, other], () => operator);
  }
}
