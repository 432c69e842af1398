import type { Operator, Rows } from '../operator.ts';
import { Series } from '../series.ts';

/** Sample covariance (divisor `size - 1`) of the last `size` pairs of known numbers of the symbol; NaN until there were so many. */
export function rollingCovariance(x: Series, y: Series, size: number): Series {
  const formula = `covariance ${size}(${x.formula}, ${y.formula})`;
  return new Series(formula, [x, y], (width) => new RollingCovariance(width, size));
}

/** Sums in blocks of distances and of their products, as in `RollingVariance`. */
class RollingCovariance implements Operator {
  readonly #size: number;
  readonly #pairs: readonly Pairs[];

  constructor(width: number, size: number) {
    this.#size = size;
    this.#pairs = Array.from({ length: width }, () => new Pairs(size));
  }

  apply({ count, width, present }: Rows, [inputX, inputY]: readonly Float64Array[], output: Float64Array): void {
    const share = 1 / this.#size;
    const scale = 1 / (this.#size - 1);
    for (let s = 0; s < width; s += 1) {
      const pairs = this.#pairs[s]!;
      const { x, y, products } = pairs;
      let { next, originX, originY, sumX, sumY, sumOfProducts } = pairs;
      for (let row = s; row < count; row += width) {
        const valueX = inputX![row]!;
        const valueY = inputY![row]!;
        if (Number.isFinite(valueX) && Number.isFinite(valueY)) {
          x[next] = valueX;
          y[next] = valueY;
          sumX += valueX - originX;
          sumY += valueY - originY;
          sumOfProducts += (valueX - originX) * (valueY - originY);
          next += 1;
          if (next === x.length) {
            pairs.sumToEnd();
            next = 0;
            originX = valueX;
            originY = valueY;
            sumX = 0;
            sumY = 0;
            sumOfProducts = 0;
          }
        } else if (present[row] === 0) {
          output[row] = NaN;
          continue;
        }
        const allX = sumX + x[next]!;
        const allY = sumY + y[next]!;
        output[row] = (sumOfProducts + products[next]! - allX * allY * share) * scale;
      }
      Object.assign(pairs, { next, originX, originY, sumX, sumY, sumOfProducts });
    }
  }
}

/** The pairs of one symbol. */
class Pairs {
  /** Before the next place: the numbers of the newest block. From there on: sums of distances to the end of the block before. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** From the next place on: sums of products of distances to the end of the block before. */
  readonly products: Float64Array;
  next = 0;
  /** What distances are from. */
  originX = 0;
  originY = 0;
  /** Of the distances in the newest block. */
  sumX = 0;
  sumY = 0;
  sumOfProducts = 0;

  constructor(size: number) {
    this.x = new Float64Array(size).fill(NaN);
    this.y = this.x.slice();
    this.products = this.x.slice();
  }

  /** Turns the pairs of a full block into the sums, from each place to its end, of distances from the last pair and of products. */
  sumToEnd(): void {
    const { x, y, products } = this;
    const last = x.length - 1;
    const [originX, originY] = [x[last]!, y[last]!];
    let sumX = 0;
    let sumY = 0;
    let sumOfProducts = 0;
    for (let place = last; place >= 0; place -= 1) {
      const distanceX = x[place]! - originX;
      const distanceY = y[place]! - originY;
      sumX += distanceX;
      sumY += distanceY;
      sumOfProducts += distanceX * distanceY;
      x[place] = sumX;
      y[place] = sumY;
      products[place] = sumOfProducts;
    }
  }
}
