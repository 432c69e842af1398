import { Numbers } from './operator';

// Two numbers at a time. Every array has room for one number more than it holds, so the last pair of an odd count is
// whole, too; what is written beyond the rows is never read.

export function pairAt(numbers: Numbers, row: i32): v128 {
  return v128.load(addressOf(numbers, row));
}

export function setPairAt(numbers: Numbers, row: i32, pair: v128): void {
  v128.store(addressOf(numbers, row), pair);
}

/** Address of a number. The next one lies {@link bytes} further on. */
export function addressOf(numbers: Numbers, place: i32): usize {
  return changetype<usize>(numbers) + ((place as usize) << 3);
}

export const bytes: usize = 8;

/** The numbers at two addresses. */
export function pairFrom(address0: usize, address1: usize): v128 {
  return v128.load64_lane(address1, v128.load64_zero(address0), 1);
}

/** Sets the numbers at two addresses. */
export function setPair(address0: usize, address1: usize, pair: v128): void {
  v128.store64_lane(address0, pair, 0);
  v128.store64_lane(address1, pair, 1);
}

/** Sets the number at one of two addresses, or at none, where not both are known. */
export function setKnown(address0: usize, address1: usize, pair: v128, unknownLanes: i32): void {
  if ((unknownLanes & 1) === 0) v128.store64_lane(address0, pair, 0);
  if ((unknownLanes & 2) === 0) v128.store64_lane(address1, pair, 1);
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

/** 1 where the first of two lanes is known, else 0. */
export function known0(unknownLanes: i32): usize {
  return (1 - (unknownLanes & 1)) as usize;
}

/** 1 where the second of two lanes is known, else 0. */
export function known1(unknownLanes: i32): usize {
  return (1 - (unknownLanes >> 1)) as usize;
}

/** Sum of four integers. */
export function sumOfFour(four: v128): i32 {
  const two = i32x4.add(four, i32x4.shuffle(four, four, 2, 3, 0, 1));
  return i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1);
}

/** All bits of the first and of the second, where they are told to be set. */
export function lanes(isFirst: boolean, isSecond: boolean): v128 {
  return i64x2(-(isFirst as i64), -(isSecond as i64));
}
