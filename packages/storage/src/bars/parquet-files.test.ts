import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { unknownOrigins } from './bar-origins.ts';
import { ParquetFiles } from './parquet-files.ts';

const always = { from: -Infinity, to: Infinity };

it('goes on with another engine after it gave back the memory of one at rest', async () => {
  const files = new ParquetFiles(1);
  const path = join(await temporaryFolder(), '7203.parquet');
  const column = () => Float64Array.from({ length: 200 }, (_, row) => row);
  const columns = { axis: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  await files.writeBeside(path, '5m', { columns, origins: unknownOrigins(200) }, {});
  // Bursts of statements, of which some come while it is being closed.
  for (let round = 0; round < 5; round += 1) {
    const read = await Promise.all([1, 2, 3].map(() => files.read([path], '5m', always)));
    expect(read.map(([one]) => one?.close.length)).toEqual([200, 200, 200]);
    await pause(round);
  }
  await files.close();
});
