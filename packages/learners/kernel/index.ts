export { clear, subtract, sumEveryColumn, sumSomeColumns } from './histogram';
export { best, scanColumns } from './scan-columns';

// Functions called by `src/trees/kernel/web-assembly-kernel.ts`. Arrays are addresses there.

/** Start of the memory that nothing here uses. */
export function firstFree(): usize {
  return heap.alloc(0);
}
