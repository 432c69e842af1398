import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readBarHeads } from './bar-head.ts';
import { openFolderBars } from './parquet-bar-store.ts';

const bars = {
  days: Int32Array.of(20_000, 20_003),
  open: Float64Array.of(100, 101),
  high: Float64Array.of(102, 103),
  low: Float64Array.of(99, 100),
  close: Float64Array.of(101, 102),
  volume: Float64Array.of(1_000, 2_000),
};

it('the heads of many files are read in many turns of the event loop, each in its place', async () => {
  const folder = await temporaryFolder();
  const store = await openFolderBars(folder);
  await store.merge('7203', bars);
  await store.close();
  const file = join(folder, '1d', '7203.parquet');
  const missing = join(folder, '1d', '9999.parquet');

  let [turns, isRead] = [0, false];
  const others = async () => {
    for (; !isRead; turns += 1) await turn();
  };
  const during = others();
  const heads = await readBarHeads([undefined, missing, ...Array.from({ length: 3_998 }, () => file)]);
  isRead = true;
  await during;
  expect(heads).toHaveLength(4_000);
  expect(heads.slice(0, 3)).toEqual([undefined, undefined, { bars: 2, first: 20_000, last: 20_003 }]);
  expect(heads[3_999]).toEqual(heads[2]);
  expect(turns).toBeGreaterThan(15);
});
