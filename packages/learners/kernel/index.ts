export { clear, subtract, sumEveryColumn, sumSomeColumns } from './histogram';
export { best, scanColumns } from './scan-columns';

// What `src/trees/kernel/web-assembly-kernel.ts` calls. Arrays are addresses there.

/** Where the memory begins that nothing here uses. */
export function firstFree(): usize {
  return heap.alloc(0);
}
