import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { FolderBarFiles } from './folder-bar-files.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('lists the files of a year each in order of time, and nothing else that lies there', async () => {
  const folder = await temporaryFolder();
  const files = await FolderBarFiles.open(folder);
  for (const name of ['2025.parquet', '2023.parquet', '2024.parquet', '2024.csv', '24.parquet', '2024-01.parquet']) {
    writeFileSync(join(folder, 'daily', name), '');
  }
  const path = (year: string) => join(folder, 'daily', `${year}.parquet`);
  expect(await files.list('1d')).toEqual(
    ['2023', '2024', '2025'].map((partition) => ({ partition, path: path(partition) })),
  );
  expect(await files.list('1d', (partition) => partition > '2023' && partition < '2025')).toEqual([
    { partition: '2024', path: path('2024') },
  ]);
  expect(await files.list('5m')).toEqual([]);
  expect(statSync(join(folder, 'daily')).mode & 0o777).toBe(0o700);
});

it('replaces each file by what is made of the one before, and leaves one as it is', async () => {
  const folder = await temporaryFolder();
  const files = await FolderBarFiles.open(folder);
  const seen: (string | undefined)[] = [];
  const update = async (...partitions: readonly string[]) =>
    await files.update('1d', partitions, async (partition, current) => {
      const before = current === undefined ? undefined : readFileSync(current, 'utf8');
      seen.push(before);
      return before === 'kept' ? undefined : bytes(before === undefined ? partition : 'kept');
    });
  for (let i = 0; i < 3; i += 1) await update('2023', '2024');
  expect(seen).toEqual([undefined, undefined, '2023', '2024', 'kept', 'kept']);
  expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  expect(await files.list('1d')).toHaveLength(2);
});

it('keeps a damaged file beside the others and says where, and has a new path at each question', async () => {
  const folder = await temporaryFolder();
  const files = await FolderBarFiles.open(folder);
  const [one, other] = [files.scratch(), files.scratch()];
  expect(one).not.toBe(other);
  expect(existsSync(one)).toBe(false);
  writeFileSync(one, 'damaged');
  const kept = await files.keepDamaged(one, 'daily-2024.parquet');
  expect(kept).toBe(join(folder, 'damaged', 'daily-2024.parquet'));
  expect([readFileSync(kept, 'utf8'), readFileSync(one, 'utf8')]).toEqual(['damaged', 'damaged']);
  await FolderBarFiles.open(folder);
  expect([existsSync(one), existsSync(kept)]).toEqual([false, true]);
  await expect(files.keepDamaged(other, 'x')).rejects.toMatchObject({ code: 'state.unwritable' });
});
