import { addressOf } from './lanes';
import { Numbers } from './operator';

/** Room for the last `size` numbers of each symbol, one symbol after the other; none of them known yet. */
export function windows(width: i32, size: i32): Numbers {
  const numbers = new StaticArray<f64>(even(width) * size);
  numbers.fill(NaN);
  return numbers;
}

/** The address of the first place of each symbol there. */
export function firstPlaces(numbers: Numbers, width: i32, size: i32): StaticArray<usize> {
  const places = new StaticArray<usize>(even(width));
  for (let s = 0; s < places.length; s += 1) places[s] = addressOf(numbers, s * size);
  return places;
}

/** Returns the next address after a number, from the end of a block back to its beginning. */
export function turned(next: usize, end: usize, length: usize): usize {
  return next === end ? next - length : next;
}

/** The end of a full block of two: of the other one where this is not full, which then is taken twice. */
export function endOfFull(next: usize, end: usize, otherEnd: usize): usize {
  return next === end ? end : otherEnd;
}

/** A number of each symbol. */
export function ofEach(width: i32, value: f64): Numbers {
  const numbers = new StaticArray<f64>(even(width));
  numbers.fill(value);
  return numbers;
}

/** The first of the last two symbols. */
export function lastPair(width: i32): i32 {
  return even(width) - 2;
}

/** Symbols are taken two at a time. */
function even(width: i32): i32 {
  return (width + 1) & ~1;
}
