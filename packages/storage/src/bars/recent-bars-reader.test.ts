import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { unknownOrigins } from './bar-origins.ts';
import { columnsOfLength } from './columns.ts';
import { RecentBarsReader, readRecent, recentBytes } from './recent-bars.ts';

it('reads a file once, and one that could not be read again', async () => {
  const path = join(await temporaryFolder(), '1d.parquet');
  await writeFile(path, recentBytes(new Map([['7203', { columns: columnsOfLength(1), origins: unknownOrigins(1) }]])));
  let readings = 0;
  const reader = new RecentBarsReader(async (file) => {
    readings += 1;
    if (readings === 1) throw new Error('EMFILE: too many open files');
    return await readRecent(file);
  });
  await expect(reader.read(path)).rejects.toThrow('EMFILE');
  expect([...(await reader.read(path)).keys()]).toEqual(['7203']);
  expect(await reader.read(path)).toBe(await reader.read(path));
  expect(readings).toBe(2);
});
