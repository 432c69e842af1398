import { DeviationAcross, EverySymbol, MeanAcross, PositiveShareAcross } from './across';
import {
  Absolute,
  Add,
  AddNumber,
  Divide,
  IsZero,
  Larger,
  Multiply,
  MultiplyByNumber,
  PositivePart,
  Sign,
  SquareRoot,
  Subtract,
  WhereKnown,
} from './arithmetic';
import { keepBars, roundRows } from './bars';
import { ExponentialMean } from './exponential-mean';
import { Change, Lag } from './lag';
import { intervals, Logarithm } from './logarithm';
import { Numbers, Operator } from './operator';
import { RankAcross } from './rank-across';
import { Itself, RollingCovariance, Two } from './rolling-covariance';
import { Largest, RollingFold, Sum } from './rolling-fold';
import { RollingRank } from './rolling-rank';

export { keepBars, roundRows };

// Functions called by `src/kernel.ts`; objects and arrays are addresses. They live as long as the memory that all of
// this lies in.

/** Has an operator take the rows of sessions. */
export function take(
  operator: Operator,
  count: i32,
  width: i32,
  gaps: Numbers,
  x: Numbers,
  y: Numbers,
  output: Numbers,
): void {
  operator.take(count, width, gaps, x, y, output);
}

/**
 * Room for `count` numbers and one more: operators take two rows at a time. It begins where a line of the processor's
 * cache does, so that its numbers are copied fast; for its length, which no operator asks for, it has no place.
 */
export function numbers(count: i32): Numbers {
  const room = new StaticArray<f64>(count + 1 + (cacheLine / sizeof<f64>() - 1));
  return changetype<Numbers>((changetype<usize>(room) + cacheLine - 1) & ~(cacheLine - 1));
}

const cacheLine: i32 = 64;

/** See `Logarithm`. */
export function logarithmIntervals(): Numbers {
  return intervals;
}

export function add(): Operator {
  return new Add();
}
export function subtract(): Operator {
  return new Subtract();
}
export function multiply(): Operator {
  return new Multiply();
}
export function divide(): Operator {
  return new Divide();
}
export function larger(): Operator {
  return new Larger();
}
export function whereKnown(): Operator {
  return new WhereKnown();
}
export function squareRoot(): Operator {
  return new SquareRoot();
}
export function absolute(): Operator {
  return new Absolute();
}
export function sign(): Operator {
  return new Sign();
}
export function positivePart(): Operator {
  return new PositivePart();
}
export function isZero(): Operator {
  return new IsZero();
}
export function logarithm(): Operator {
  return new Logarithm();
}
export function addNumber(number: f64): Operator {
  return new AddNumber(number);
}
export function multiplyByNumber(number: f64): Operator {
  return new MultiplyByNumber(number);
}
export function rollingMean(width: i32, size: i32): Operator {
  return new RollingFold<Sum>(width, size, 1 / (size as f64));
}
export function rollingVariance(width: i32, size: i32): Operator {
  return new RollingCovariance<Itself>(width, size);
}
export function rollingCovariance(width: i32, size: i32): Operator {
  return new RollingCovariance<Two>(width, size);
}
export function rollingRank(width: i32, size: i32): Operator {
  return new RollingRank(width, size);
}
export function rollingExtreme(width: i32, size: i32, sign: f64): Operator {
  return new RollingFold<Largest>(width, size, sign);
}
export function exponentialMean(width: i32, decay: f64, minimum: f64): Operator {
  return new ExponentialMean(width, decay, minimum);
}
export function lag(width: i32, bars: i32): Operator {
  return new Lag(width, bars);
}
export function change(width: i32, bars: i32): Operator {
  return new Change(width, bars);
}
export function meanAcross(): Operator {
  return new MeanAcross();
}
export function deviationAcross(): Operator {
  return new DeviationAcross();
}
export function positiveShareAcross(): Operator {
  return new PositiveShareAcross();
}
export function everySymbol(): Operator {
  return new EverySymbol();
}
export function rankAcross(width: i32): Operator {
  return new RankAcross(width);
}
