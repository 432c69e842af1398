import { addBlockProducts, blockRows, type RowBlock } from '@daytrade/learners';

/** Products of all pairs of columns. Each column sums to 0, so the intercept is independent of them. */
export function gramMatrix(blocks: Iterable<RowBlock>, columns: number): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (const block of blocks) {
    for (let i = 0; i < columns; i += 1) {
      addBlockProducts(gram, i * columns, { values: block.values, begin: i * blockRows }, block, i + 1);
    }
  }
  for (let i = 0; i < columns; i += 1) for (let j = 0; j < i; j += 1) gram[j * columns + i] = gram[i * columns + j]!;
  return gram;
}
