import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { providerContext } from '../provider-context.fixture.ts';
import { csv } from './csv.ts';

type Request = Parameters<typeof csv.hasNews>[0];
const request = (more: Partial<Request> = {}): Request => ({ provider: 'csv', ...more });
const upload = 'a'.repeat(64);
const { settings: withFolder } = providerContext({ settings: { DAYTRADE_CSV_FOLDER: '/data/bars' } });
const { settings: withoutFolder } = providerContext();

describe('a request for CSV files', () => {
  it.each<[Partial<Request>, string | undefined]>([
    [{}, 'folder'],
    [{ folder: '/data/bars' }, undefined],
    [{ folder: '/data/bars', upload }, 'folder'],
    [{ folder: '/data/bars', symbolsFile: '/data/symbols.csv', dryRun: true }, undefined],
    [{ upload }, undefined],
    [{ upload, symbolsFile: '/data/symbols.csv' }, 'symbolsFile'],
    [{ folder: '' }, 'folder'],
    [{ folder: `/${'x'.repeat(4_095)}` }, undefined],
    [{ folder: `/${'x'.repeat(4_096)}` }, 'folder'],
  ])('with %j has the fault %s', (fields, fault) => {
    const parsed = csv.request.safeParse({ provider: 'csv', ...fields });
    expect(parsed.error?.issues.map(({ path }) => path[0]) ?? []).toEqual(fault === undefined ? [] : [fault]);
  });

  it('is of the folder of the settings, which it asks for where there is none', () => {
    expect(csv.defaults!({}, withFolder)).toEqual({ folder: '/data/bars' });
    expect(csv.configured(withFolder)).toEqual({ provider: 'csv', folder: '/data/bars' });
    expect(csv.lacking!(withFolder)).toBeUndefined();
    expect(() => csv.defaults!({}, withoutFolder)).toThrow('DAYTRADE_CSV_FOLDER: expected the folder that is read');
    expect(csv.configured(withoutFolder)).toBeUndefined();
    expect(csv.lacking!(withoutFolder)).toBe('expected DAYTRADE_CSV_FOLDER as well, the folder that is read');
  });

  it('is refused with a path that is not absolute', () => {
    const open = (fields: Partial<Request>) => () => csv.open(request(fields), providerContext());
    expect(open({ folder: 'bars' })).toThrow('folder: expected an absolute path, got "bars"');
    expect(open({ folder: '/bars', symbolsFile: 'x.csv' })).toThrow('symbolsFile: expected an absolute path');
    expect(open({ folder: '/bars', symbolsFile: '/x.csv' })).not.toThrow();
  });
});

describe('an update of CSV files', () => {
  it('reads a folder again, and neither an upload nor a dry run', () => {
    const ofFolder = request({ folder: '/data/bars', priceBasis: 'traded' });
    expect(csv.repeated(ofFolder, withFolder)).toEqual({ name: '/data/bars', request: ofFolder });
    expect(csv.repeated(request({ folder: '/data/bars', dryRun: false }), withFolder)?.name).toBe('/data/bars');
    expect(csv.repeated(request({ folder: '/data/bars', dryRun: true }), withFolder)).toBeUndefined();
    expect(csv.repeated(request({ upload }), withFolder)).toBeUndefined();
  });

  it('repairs by reading every folder again as it was read last', () => {
    const earlier = [
      request({ upload }),
      request({ folder: '/data/dry', dryRun: true }),
      request({ folder: '/data/bars', priceBasis: 'traded' }),
      request({ folder: '/data/bars' }),
      request({ folder: '/data/more', dryRun: false }),
    ];
    expect(csv.repair({ symbols: ['7203'], from: undefined }, earlier)).toEqual([
      { request: earlier[2], source: '/data/bars' },
      { request: earlier[4], source: '/data/more' },
    ]);
  });

  const changed = new Date('2025-06-02T12:00:00Z');
  const earlier = new Date('2025-06-01T12:00:00Z');
  it.each([
    ['a file has changed since', changed, earlier, 0, true],
    ['the folder has changed since', earlier, changed, 0, true],
    ['both are older', changed, earlier, 1, false],
  ])('has something to read where %s', async (_, ofFile, ofFolder, later, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'daytrade-csv-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, '7203.csv');
    writeFileSync(file, '');
    utimesSync(file, ofFile, ofFile);
    utimesSync(folder, ofFolder, ofFolder);
    const hasNews = (path: string) =>
      csv.hasNews(request({ folder: path }), changed.getTime() + later, providerContext());
    expect(await hasNews(folder)).toBe(expected);
    expect(await hasNews(file)).toBe(ofFile === changed && expected);
  });

  it('has something to read where the folder is gone, which reading it says, and of an upload', async () => {
    expect(await csv.hasNews(request({ folder: '/there/is/none' }), Date.now(), providerContext())).toBe(true);
    expect(await csv.hasNews(request({ upload }), Date.now(), providerContext())).toBe(true);
  });
});
