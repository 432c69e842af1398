import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CsvFolderProvider } from './csv-provider.ts';

const bars = 'date,open,high,low,close,volume\n2024-01-04,1,2,0.5,1.5,100\n';
const symbols = 'symbol,name,group,sector\n7203.T,トヨタ自動車,large,輸送用機器\n6501,日立製作所,TOPIX Mid400,\n';

/** Writes files, by path and content, into a new folder. */
function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'daytrade-csv-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

function provider(folder: string, options: { symbolsFile?: string; priceBasis?: 'traded' } = {}): CsvFolderProvider {
  return new CsvFolderProvider({ folder, ...options });
}

describe('a folder of CSV files', () => {
  it('takes files named like a symbol, in any spelling, and skips the others with the reason', async () => {
    const root = folderWith({
      'daily/7203.T.csv': bars,
      'daily/6501.csv': bars,
      'daily/186A0.csv': bars,
      'daily/N225.csv': bars,
      'daily/notes.txt': 'x',
      'daily/symbols.csv': symbols,
    });
    const { sources, skipped } = await provider(join(root, 'daily')).list();
    expect(sources).toEqual([
      { symbol: '186A', file: 'daily/186A0.csv' },
      { symbol: '6501', file: 'daily/6501.csv' },
      { symbol: '7203', file: 'daily/7203.T.csv' },
    ]);
    expect(skipped).toEqual([
      {
        file: 'daily/N225.csv',
        message: expect.stringContaining('"N225" is not a symbol code of the Tokyo Stock Exchange'),
      },
    ]);
  });

  it('reads the list of issues of the exchange, and passes over its preferred shares', async () => {
    const list = [
      '日付,コード,銘柄名,市場・商品区分,33業種コード,33業種区分,17業種コード,17業種区分,規模コード,規模区分',
      '20240329,7203,自動車,プライム（内国株式）,3700,輸送用機器,6,自動車・輸送機,1,TOPIX Core30',
      '20240329,1305,投資信託,ETF・ETN,-,-,-,-,-,-',
      '20240329,25935,優先株,プライム（内国株式）,3050,食料品,1,食品,-,-',
    ].join('\n');
    const files = { 'symbols.csv': list, '7203.csv': bars, '1305.csv': bars };
    const from = provider(folderWith(files));
    const { sources } = await from.list();
    const masters = await Promise.all(sources.map(async (source) => (await from.read(source)).master));
    expect(masters).toMatchObject([
      { symbol: '1305', name: '投資信託', sector: null, sizeGroup: null, tickTable: 'standard' },
      { symbol: '7203', name: '自動車', sector: '輸送用機器', sizeGroup: 'TOPIX Core30', tickTable: 'topix500' },
    ]);
  });

  it('knows names, groups, sectors and the tick table from symbols.csv beside the folder', async () => {
    const root = folderWith({ 'symbols.csv': symbols, 'daily/7203.T.csv': bars, 'daily/9999.T.csv': bars });
    const csv = provider(join(root, 'daily'));
    const [known, unknown] = (await csv.list()).sources;
    expect((await csv.read(known!)).master).toEqual({
      symbol: '7203',
      name: 'トヨタ自動車',
      sector: '輸送用機器',
      sizeGroup: 'large',
      tickTable: 'topix500',
      lot: 100,
      synthetic: false,
      sharesOutstanding: null,
    });
    expect((await csv.read(unknown!)).master).toMatchObject({
      name: '9999',
      sector: null,
      sizeGroup: null,
      tickTable: 'standard',
    });
  });

  it('reads another symbols file when one is named, and a single bar file', async () => {
    const root = folderWith({ 'names/all.csv': symbols, 'daily/6501.T.csv': bars });
    const csv = provider(join(root, 'daily', '6501.T.csv'), {
      symbolsFile: join(root, 'names', 'all.csv'),
      priceBasis: 'traded',
    });
    const { sources } = await csv.list();
    const rows = await csv.read(sources[0]!);
    expect(rows.master).toMatchObject({ symbol: '6501', name: '日立製作所', sector: null, tickTable: 'topix500' });
    expect(rows.priceBasis).toBe('traded');
  });

  it('says what there is in a folder without CSV files', async () => {
    const root = folderWith({
      '7203.xlsx': 'x',
      '2024/7203.csv': bars,
      'notes.txt': 'x',
      'z.zip': 'x',
      'y.zip': 'x',
    });
    await expect(provider(root).list()).rejects.toThrow(
      'there is no CSV file but 2024, 7203.xlsx, notes.txt, and 2 more; unpack archives, and name ' +
        'the folder that holds',
    );
  });

  it('names the line of a symbols file that it cannot read', async () => {
    const bad = (content: string) => provider(folderWith({ 'symbols.csv': content, '7203.csv': bars })).list();
    await expect(bad('code,label\n')).rejects.toThrow(
      'line 1: expected the header symbol,name,group,sector, found 2 columns of other names',
    );
    await expect(bad(`${symbols}ABC,x,large,\n`)).rejects.toThrow('line 4: symbol: expected a code');
    await expect(bad(`${symbols}7267,x\n`)).rejects.toThrow('line 4: expected 4 fields, found 2');
  });

  it('says what is wrong with a folder that is missing, or has no file named like a symbol', async () => {
    const root = folderWith({ 'N225.csv': bars });
    for (const folder of [root, join(root, 'none')]) {
      await expect(provider(folder).list()).rejects.toMatchObject({
        code: 'data.folder-unreadable',
        message: expect.stringContaining(folder),
      });
    }
    await expect(provider(join(root, 'N225.csv')).list()).rejects.toMatchObject({ code: 'data.file-unreadable' });
  });
});
