import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { describeProvider } from '../../testing/provider.suite.ts';
import { CsvFolderProvider } from './csv-provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'daytrade-csv-suite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const [symbol, price] of [
  ['7203', 2_000],
  ['186A', 900],
  ['6501', 3_000],
] as const) {
  const days = ['2024-01-04', '2024-01-05', '2024-01-09', '2024-01-10'];
  const lines = days.map((day, index) => [day, price, price + 10, price - 10, price + index, 1_000 + index].join(','));
  writeFileSync(join(folder, `${symbol}.csv`), `date,open,high,low,close,volume\n${lines.join('\n')}\n`);
}

describeProvider('a folder of CSV files', async () => new CsvFolderProvider({ folder }));
