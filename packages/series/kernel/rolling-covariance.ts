import { Flags, Numbers, Operator } from './operator';
import { firstPlaces, windows } from './windows';

/**
 * Sample covariance (divisor `size - 1`) of the last `size` pairs of known numbers of the symbol; NaN until there were so many.
 *
 * Sums in blocks of distances and of their products, as in `RollingVariance`.
 */
export class RollingCovariance extends Operator {
  /** Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block before. */
  private xBlocks: Numbers;
  private yBlocks: Numbers;
  /** From the next place on: sums of products of distances to the end of the block before. */
  private productBlocks: Numbers;
  private nexts: StaticArray<i32>;
  /** What distances are from. */
  private xOrigins: Numbers;
  private yOrigins: Numbers;
  /** Of the distances in the newest block. */
  private xSums: Numbers;
  private ySums: Numbers;
  private sumsOfProducts: Numbers;

  constructor(
    width: i32,
    private size: i32,
  ) {
    super();
    this.xBlocks = windows(width, size);
    this.yBlocks = windows(width, size);
    this.productBlocks = windows(width, size);
    this.nexts = firstPlaces(width, size);
    this.xOrigins = new StaticArray<f64>(width);
    this.yOrigins = new StaticArray<f64>(width);
    this.xSums = new StaticArray<f64>(width);
    this.ySums = new StaticArray<f64>(width);
    this.sumsOfProducts = new StaticArray<f64>(width);
  }

  take(count: i32, width: i32, present: Flags, x: Numbers, y: Numbers, output: Numbers): void {
    const nexts = this.nexts;
    const size = this.size;
    const share = 1 / (size as f64);
    const scale = 1 / ((size as f64) - 1);
    for (let first = 0; first < count; first += width) {
      for (let s = 0; s < width; s += 1) {
        const row = first + s;
        if (isFinite(x[row]) && isFinite(y[row])) this.push(s, x[row], y[row]);
        else if (!present[row]) {
          output[row] = NaN;
          continue;
        }
        const next = nexts[s];
        const xSum = this.xSums[s] + this.xBlocks[next];
        const ySum = this.ySums[s] + this.yBlocks[next];
        output[row] = (this.sumsOfProducts[s] + this.productBlocks[next] - xSum * ySum * share) * scale;
      }
    }
  }

  private push(s: i32, x: f64, y: f64): void {
    const next = this.nexts[s];
    const xDistance = x - this.xOrigins[s];
    const yDistance = y - this.yOrigins[s];
    this.xBlocks[next] = x;
    this.yBlocks[next] = y;
    this.xSums[s] += xDistance;
    this.ySums[s] += yDistance;
    this.sumsOfProducts[s] += xDistance * yDistance;
    this.nexts[s] = next + 1;
    if (next + 1 === (s + 1) * this.size) this.closeBlock(s, x, y);
  }

  /** Turns the pairs of a full block into the sums, from each place to its end, of distances from the last pair and of products. */
  private closeBlock(s: i32, x: f64, y: f64): void {
    const first = s * this.size;
    let xSum: f64 = 0;
    let ySum: f64 = 0;
    let products: f64 = 0;
    for (let place = first + this.size - 1; place >= first; place -= 1) {
      const xDistance = this.xBlocks[place] - x;
      const yDistance = this.yBlocks[place] - y;
      xSum += xDistance;
      ySum += yDistance;
      products += xDistance * yDistance;
      this.xBlocks[place] = xSum;
      this.yBlocks[place] = ySum;
      this.productBlocks[place] = products;
    }
    this.nexts[s] = first;
    this.xOrigins[s] = x;
    this.yOrigins[s] = y;
    this.xSums[s] = 0;
    this.ySums[s] = 0;
    this.sumsOfProducts[s] = 0;
  }
}
