import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { uploadRequestSchema } from '@daytrade/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { localFiles } from './import-folder.ts';

const bars = 'date,open,high,low,close,volume\n2025-01-06,1,1,1,1,100\n';

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-local-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

it('sends every form of file that is read, and none that holds no symbol of the exchange', async () => {
  const folder = folderWith({
    '7203.csv.gz': gzipSync(bars),
    '6501.tsv': bars.replaceAll(',', '\t'),
    'all.csv': bars.replace('date', 'code,date').replace('2025', '9984,2025'),
    'N225.csv': bars,
    'rest.parquet': 'PAR1',
    'notes.txt': 'x',
    'symbols.csv': 'symbol,name\n7203,自動車\n',
  });
  const { announcement, skipped } = await localFiles(folder, undefined);
  expect(announcement.files.map(({ name }) => name).sort()).toEqual(
    ['6501.tsv', '7203.csv.gz', 'all.csv', 'rest.parquet', 'symbols.csv'].sort(),
  );
  expect(uploadRequestSchema.parse(announcement)).toEqual(announcement);
  expect(skipped.map(({ file }) => file.split('/')[1])).toEqual(['N225.csv']);
});

it('sends a folder of nothing but parquet, in which only the service can look', async () => {
  const { announcement } = await localFiles(folderWith({ 'all.parquet': 'PAR1' }), undefined);
  expect(announcement.files.map(({ name }) => name)).toEqual(['all.parquet']);
});
