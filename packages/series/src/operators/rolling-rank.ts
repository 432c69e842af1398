/**
 * Where the newest of the last `size` finite values stands among them, in (0, 1), ties at their middle. A value that is not finite
 * is not taken. The window is kept sorted as well, so a push moves only what stands between the value that leaves and the newest.
 */
export class RollingRank {
  /** (values below + half of those equal, itself included) / size; NaN until `size` values came. */
  value = NaN;
  readonly #window: Float64Array;
  readonly #sorted: Float64Array;
  #next = 0;
  #count = 0;

  constructor(size: number) {
    this.#window = new Float64Array(size);
    this.#sorted = new Float64Array(size);
  }

  push(value: number): number {
    if (!Number.isFinite(value)) return this.value;
    const size = this.#window.length;
    const free = this.#count === size ? firstNotBelow(this.#sorted, size, this.#window[this.#next]!) : this.#count++;
    const place = this.#insert(free, value);
    this.#window[this.#next] = value;
    this.#next = this.#next + 1 === size ? 0 : this.#next + 1;
    if (this.#count < size) return NaN;
    let above = place + 1;
    while (above < size && this.#sorted[above] === value) above += 1;
    this.value = (place + above) / 2 / size;
    return this.value;
  }

  /** Puts `value` before those not below it, the place `at` having become free, and gives its place. */
  #insert(at: number, value: number): number {
    const sorted = this.#sorted;
    let free = at;
    for (; free > 0 && sorted[free - 1]! >= value; free -= 1) sorted[free] = sorted[free - 1]!;
    for (; free + 1 < this.#count && sorted[free + 1]! < value; free += 1) sorted[free] = sorted[free + 1]!;
    sorted[free] = value;
    return free;
  }
}

/** Place of the first of `count` rising numbers that is not below `value`; `count` when all are. */
function firstNotBelow(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
