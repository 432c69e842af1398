import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service-kit';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsOf, openPlatform, type Platform } from '../platform/open-platform.ts';
import { importFolder } from '../upload/import-folder.ts';
import { reconcileFolder, symbolCodes } from './reconcile-folder.ts';

const days = ['2024-01-04', '2024-01-05', '2024-01-09', '2024-01-10', '2024-01-11', '2024-01-12'];
/** Bars of a price that rises; the last but one can be changed. */
const bars = (close = 2_040) =>
  ['date,open,high,low,close,volume', ...days.map((day, row) => line(day, row === 4 ? close : 2_000 + 10 * row))].join(
    '\n',
  );
const line = (day: string, close: number) => `${day},2000,2100,1950,${close},1000`;

const now = Date.parse('2024-02-01T09:00:00Z');
const stream = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
const context = { terminal: { stdout: stream, stderr: stream }, signal: new AbortController().signal };
let folder: string;
let platform: Platform;

function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

const connection = () => ({ ...clientsOf(platform), sharesFiles: true, close: async () => undefined });

async function reconcile(path: string, codes: readonly string[] = []) {
  const request = { folder: path, symbols: symbolCodes(codes), tolerance: undefined, now };
  return await reconcileFolder(context, connection(), request);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-reconcile-'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, 'state')) };
  platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  await platform.queue.start();
  const path = folderWith('stored', { '7203.csv': bars(), '6501.csv': bars() });
  await importFolder(context, connection(), { folder: path, symbolsFile: undefined, priceBasis: undefined });
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

describe('a reconciliation with a folder', () => {
  it('compares the symbols that are in both, and lists the bar that differs', async () => {
    const found = await reconcile(
      folderWith('other', { '7203.T.csv': bars(2_045), '9984.csv': bars(), '6501.csv': 'no bars' }),
    );
    expect(found.notCompared).toMatchObject([{ symbol: '6501', message: expect.stringContaining('6501.csv: line 1') }]);
    expect(found.symbols).toMatchObject([
      { symbol: '7203', days: 6, differences: [{ date: '2024-01-11', kind: 'price' }] },
    ]);
    expect(found.symbols[0]?.differences[0]?.message).toContain('(stored 2040, other 2045)');
  });

  it('names a symbol that is asked for and not there, and one that is not stored', async () => {
    const path = folderWith('one', { '7203.T.csv': bars() });
    expect(await reconcile(path, ['72030', '6501'])).toMatchObject({
      symbols: [{ symbol: '7203', differences: [] }],
      notCompared: [{ symbol: '6501', message: `${path} has no file of it` }],
    });
    await expect(reconcile(path, ['7204'])).rejects.toMatchObject({ code: 'data.symbol-unknown' });
  });

  it('fails when nothing is in both, and names a folder that is not there', async () => {
    await expect(reconcile(folderWith('none', { '9984.csv': bars() }))).rejects.toMatchObject({ code: 'data.no-bars' });
    await expect(reconcile(join(folder, 'missing'))).rejects.toMatchObject({ code: 'data.folder-unreadable' });
  });
});
