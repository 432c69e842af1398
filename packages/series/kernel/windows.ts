import { Numbers } from './operator';

/** Room for the last `size` numbers of each symbol, one symbol after the other; none of them known yet. */
export function windows(width: i32, size: i32): Numbers {
  const numbers = new StaticArray<f64>(width * size);
  numbers.fill(NaN);
  return numbers;
}

/** The first place of each symbol there. */
export function firstPlaces(width: i32, size: i32): StaticArray<i32> {
  const places = new StaticArray<i32>(width);
  for (let s = 0; s < width; s += 1) places[s] = s * size;
  return places;
}
