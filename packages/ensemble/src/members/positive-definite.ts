/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's decomposition.
 *
 * @param matrix A, row by row; left as it is
 */
export function solvePositiveDefinite(matrix: Float64Array, right: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const size = right.length;
  const lower = cholesky(matrix, size);
  const solution = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let rest = solution[i]!;
    for (let j = 0; j < i; j += 1) rest -= lower[i * size + j]! * solution[j]!;
    solution[i] = rest / lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let rest = solution[i]!;
    for (let j = i + 1; j < size; j += 1) rest -= lower[j * size + i]! * solution[j]!;
    solution[i] = rest / lower[i * size + i]!;
  }
  return solution;
}

function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k += 1) rest -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(rest) : rest / lower[j * size + j]!;
    }
  }
  return lower;
}
