import { Numbers } from './operator';

// Two numbers at a time. Every array has room for one number more than it holds, so the last pair of an odd count is whole, too; what is
// written beyond the rows is never read.

/** The numbers at `row` and the row after it. */
export function pairAt(numbers: Numbers, row: i32): v128 {
  return v128.load(changetype<usize>(numbers) + ((row as usize) << 3));
}

/** Sets the numbers at `row` and the row after it. */
export function setPairAt(numbers: Numbers, row: i32, pair: v128): void {
  v128.store(changetype<usize>(numbers) + ((row as usize) << 3), pair);
}

/** All bits of those that are infinite or NaN: the difference of such a number to itself is NaN. */
export function unknown(pair: v128): v128 {
  const difference = f64x2.sub(pair, pair);
  return f64x2.ne(difference, difference);
}

/** The finite ones; NaN for the others. A number of which all bits are set is NaN. */
export function finiteOrNaN(pair: v128): v128 {
  return v128.or(pair, unknown(pair));
}
