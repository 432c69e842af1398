import { Numbers } from './operator';

/**
 * Ranks of the numbers of a session, in (0, 1), ties at their middle.
 *
 * Sorts into as many equal buckets between the smallest and the largest as there are numbers, and by insertion what
 * stands in the wrong order then: a few comparisons a number unless one lies far from all others.
 */
export class SortedRanks {
  /** The known numbers of the session, their rows and their buckets. */
  private known: Numbers;
  private rows: StaticArray<i32>;
  private buckets: StaticArray<i32>;
  private rising: Numbers;
  private risingRows: StaticArray<i32>;
  /** Place in the order where the next number of each bucket goes. */
  private nexts: StaticArray<i32>;

  constructor(width: i32) {
    this.known = new StaticArray<f64>(width);
    this.rows = new StaticArray<i32>(width);
    this.buckets = new StaticArray<i32>(width);
    this.rising = new StaticArray<f64>(width);
    this.risingRows = new StaticArray<i32>(width);
    this.nexts = new StaticArray<i32>(width + 1);
  }

  /** Writes the ranks of the rows `from` to before `to`; NaN where a number is not known. */
  write(x: Numbers, from: i32, to: i32, output: Numbers): void {
    const known = this.read(x, from, to, output);
    this.sortIntoBuckets(known);
    this.sortByInsertion(known);
    this.writeRanks(known, output);
  }

  /** Reads the known numbers of the rows `from` to before `to`, and gives their count. The other rows have no rank. */
  private read(x: Numbers, from: i32, to: i32, output: Numbers): i32 {
    const known = this.known;
    const rows = this.rows;
    let count = 0;
    for (let row = from; row < to; row += 1) {
      output[row] = NaN;
      if (!isFinite(x[row])) continue;
      known[count] = x[row];
      rows[count] = row;
      count += 1;
    }
    return count;
  }

  private sortIntoBuckets(count: i32): void {
    const known = this.known;
    const buckets = this.buckets;
    const nexts = this.nexts;
    let smallest = Infinity;
    let largest = -Infinity;
    for (let i = 0; i < count; i += 1) {
      if (known[i] < smallest) smallest = known[i];
      if (known[i] > largest) largest = known[i];
    }
    const scale = largest > smallest ? ((count - 1) as f64) / (largest - smallest) : 0;
    for (let bucket = 0; bucket <= count; bucket += 1) nexts[bucket] = 0;
    for (let i = 0; i < count; i += 1) {
      // The scale of a range that is almost 0 may be infinite.
      const bucket = min<i32>(((known[i] - smallest) * scale) as i32, count - 1);
      buckets[i] = bucket;
      nexts[bucket + 1] += 1;
    }
    for (let bucket = 1; bucket < count; bucket += 1) nexts[bucket] += nexts[bucket - 1];
    for (let i = 0; i < count; i += 1) {
      const place = nexts[buckets[i]];
      nexts[buckets[i]] = place + 1;
      this.rising[place] = known[i];
      this.risingRows[place] = this.rows[i];
    }
  }

  private sortByInsertion(count: i32): void {
    const rising = this.rising;
    const rows = this.risingRows;
    for (let place = 1; place < count; place += 1) {
      const value = rising[place];
      if (rising[place - 1] <= value) continue;
      const row = rows[place];
      let free = place;
      for (; free > 0 && rising[free - 1] > value; free -= 1) {
        rising[free] = rising[free - 1];
        rows[free] = rows[free - 1];
      }
      rising[free] = value;
      rows[free] = row;
    }
  }

  private writeRanks(count: i32, output: Numbers): void {
    const rising = this.rising;
    const rows = this.risingRows;
    for (let from = 0, after = 0; from < count; from = after) {
      while (after < count && rising[after] === rising[from]) after += 1;
      const rank = ((from + after) as f64) / 2 / (count as f64);
      for (let place = from; place < after; place += 1) output[rows[place]] = rank;
    }
  }
}
