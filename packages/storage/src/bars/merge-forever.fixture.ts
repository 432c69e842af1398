/**
 * Run as a process of its own by the tests: merges bars at price 1, 2, 3, … into the folder given until it is killed.
 */
import { openFolderBars } from './bar-store.ts';

const days = Int32Array.from({ length: 2000 }, (_, i) => 15_000 + i);
const store = await openFolderBars(process.argv[2]!);
for (let price = 1; ; price += 1) {
  const column = new Float64Array(days.length).fill(price);
  await store.merge('7203', { days, open: column, high: column, low: column, close: column, volume: column });
  if (price === 1) process.stdout.write('merging\n');
}
