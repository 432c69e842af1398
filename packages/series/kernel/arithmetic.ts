import { finiteOrNaN, pairAt, setPairAt, unknown } from './lanes';
import { Numbers, Operator } from './operator';

// Each row on its own.

export class Add extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2)
      setPairAt(output, row, finiteOrNaN(f64x2.add(pairAt(x, row), pairAt(y, row))));
  }
}

export class Subtract extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2)
      setPairAt(output, row, finiteOrNaN(f64x2.sub(pairAt(x, row), pairAt(y, row))));
  }
}

export class Multiply extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2)
      setPairAt(output, row, finiteOrNaN(f64x2.mul(pairAt(x, row), pairAt(y, row))));
  }
}

export class Divide extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2)
      setPairAt(output, row, finiteOrNaN(f64x2.div(pairAt(x, row), pairAt(y, row))));
  }
}

export class AddNumber extends Operator {
  constructor(private number: f64) {
    super();
  }

  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const number = f64x2.splat(this.number);
    for (let row = 0; row < count; row += 2) setPairAt(output, row, finiteOrNaN(f64x2.add(pairAt(x, row), number)));
  }
}

export class MultiplyByNumber extends Operator {
  constructor(private number: f64) {
    super();
  }

  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const number = f64x2.splat(this.number);
    for (let row = 0; row < count; row += 2) setPairAt(output, row, finiteOrNaN(f64x2.mul(pairAt(x, row), number)));
  }
}

/** The larger one; NaN when either is. */
export class Larger extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2) setPairAt(output, row, f64x2.max(pairAt(x, row), pairAt(y, row)));
  }
}

/** The first where the second is known, NaN elsewhere. */
export class WhereKnown extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2) setPairAt(output, row, v128.or(pairAt(x, row), unknown(pairAt(y, row))));
  }
}

export class SquareRoot extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2) setPairAt(output, row, f64x2.sqrt(pairAt(x, row)));
  }
}

export class Absolute extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    for (let row = 0; row < count; row += 2) setPairAt(output, row, f64x2.abs(pairAt(x, row)));
  }
}

/** -1, 0 or 1. */
export class Sign extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const zero = f64x2.splat(0);
    const one = f64x2.splat(1);
    for (let row = 0; row < count; row += 2) {
      const value = pairAt(x, row);
      const above = v128.and(f64x2.gt(value, zero), one);
      const below = v128.and(f64x2.lt(value, zero), one);
      setPairAt(output, row, v128.or(f64x2.sub(above, below), unknown(value)));
    }
  }
}

/** The number itself above 0, else 0. */
export class PositivePart extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const half = f64x2.splat(0.5);
    for (let row = 0; row < count; row += 2) {
      const value = pairAt(x, row);
      setPairAt(output, row, f64x2.mul(f64x2.add(value, f64x2.abs(value)), half));
    }
  }
}

/** 1 for 0, and 0 for any other number. */
export class IsZero extends Operator {
  take(count: i32, _width: i32, _gaps: Numbers, x: Numbers, _y: Numbers, output: Numbers): void {
    const zero = f64x2.splat(0);
    const one = f64x2.splat(1);
    for (let row = 0; row < count; row += 2) {
      const value = pairAt(x, row);
      setPairAt(output, row, v128.or(v128.and(f64x2.eq(value, zero), one), unknown(value)));
    }
  }
}
