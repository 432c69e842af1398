import type { Operator } from '../operator.ts';

// Each row on its own. The loops are written out: a loop that is handed its arithmetic as a function calls it for each number.

export const add: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! + y![row]!);
  },
};

export const subtract: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! - y![row]!);
  },
};

export const multiply: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! * y![row]!);
  },
};

export const divide: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! / y![row]!);
  },
};

/** The larger one; NaN when either is. */
export const larger: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = Math.max(x![row]!, y![row]!);
  },
};

/** The first where the second is known, NaN elsewhere. */
export const whereKnown: Operator = {
  apply({ count }, [x, y], output) {
    for (let row = 0; row < count; row += 1) output[row] = Number.isFinite(y![row]!) ? x![row]! : NaN;
  },
};

export const squareRoot: Operator = {
  apply({ count }, [x], output) {
    for (let row = 0; row < count; row += 1) output[row] = Math.sqrt(x![row]!);
  },
};

export const absolute: Operator = {
  apply({ count }, [x], output) {
    for (let row = 0; row < count; row += 1) output[row] = Math.abs(x![row]!);
  },
};

export const sign: Operator = {
  apply({ count }, [x], output) {
    for (let row = 0; row < count; row += 1) output[row] = Math.sign(x![row]!);
  },
};

/** The number itself above 0, else 0. */
export const positivePart: Operator = {
  apply({ count }, [x], output) {
    for (let row = 0; row < count; row += 1) output[row] = (x![row]! + Math.abs(x![row]!)) / 2;
  },
};

/** 1 for 0, and 0 for any other number. */
export const isZero: Operator = {
  apply({ count }, [x], output) {
    for (let row = 0; row < count; row += 1) {
      const value = x![row]!;
      output[row] = Number.isFinite(value) ? Number(value === 0) : NaN;
    }
  },
};

export function addNumber(number: number): Operator {
  return {
    apply({ count }, [x], output) {
      for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! + number);
    },
  };
}

export function multiplyByNumber(number: number): Operator {
  return {
    apply({ count }, [x], output) {
      for (let row = 0; row < count; row += 1) output[row] = finiteOrNaN(x![row]! * number);
    },
  };
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
