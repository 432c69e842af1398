/** The first place of each symbol in an array that holds `size` places of each, one symbol after the other. */
export function firstPlaces(width: number, size: number): Int32Array {
  const places = new Int32Array(width);
  for (let s = 0; s < width; s += 1) places[s] = s * size;
  return places;
}
