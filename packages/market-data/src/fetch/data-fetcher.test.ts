import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { parseSymbol } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BarProvider } from '../provider.ts';
import { CsvFolderProvider } from '../providers/csv/csv-provider.ts';
import { masterOf } from '../symbols/symbol-table.ts';
import { DataFetcher, type FetchProgress } from './data-fetcher.ts';
import { MemorySinks } from './memory-sinks.fixture.ts';
import { providerOf, sourceRows } from './source-rows.fixture.ts';

const header = 'date,open,high,low,close,volume';
const days = ['04', '05', '09', '10', '11'].map((day) => `2024-01-${day}`);
const bars = (price: string) => days.map((day) => `${day},${price},${price},${price},${price},100`);
const csv = (...lines: readonly string[]) => `${[header, ...lines].join('\n')}\n`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-fetch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** A fetcher whose clock goes on by a second each time it is read, and which notes how long it paused. */
function setUp(sinks = new MemorySinks()) {
  const pauses: number[] = [];
  let seconds = 0;
  const fetcher = new DataFetcher({
    sinks,
    now: () => Date.parse('2025-06-02T00:00:00Z') + 1000 * seconds++,
    pause: async (milliseconds) => void pauses.push(milliseconds),
  });
  return { fetcher, sinks, pauses };
}

const mixed = {
  '7203.T.csv': csv(...bars('1000'), '2024-01-12,1000,1000,1000,-5,100', '2026-02-30,1,1,1,1,1'),
  '6501.csv': csv(...bars('2000')),
  '7267.csv': 'date,open,high,low,volume\n2024-01-04,1,1,1,1\n',
  '8306.csv': '',
  'N225.csv': csv(...bars('1')),
};

describe('a fetch from a folder', () => {
  it('keeps the good rows, keeps out the bad ones, refuses files without bars, and counts it all', async () => {
    const { fetcher, sinks } = setUp();
    const result = await fetcher.fetch(new CsvFolderProvider({ folder: folderWith(mixed) }));
    expect(result).toMatchObject({
      provider: 'csv',
      synthetic: false,
      files: 4,
      symbols: 2,
      rowsRead: 12,
      barsAdded: 10,
      barsChanged: 0,
      barsUnchanged: 0,
      rowsQuarantined: 2,
      rowsWithoutTrade: 0,
      warnings: 0,
    });
    expect(result.filesRefused.map(({ message }) => message)).toEqual([
      expect.stringContaining('7267.csv: line 1: there is no column close'),
      expect.stringContaining('8306.csv: the file is empty'),
    ]);
    expect(result.filesSkipped).toMatchObject([{ message: expect.stringContaining('"N225" is not a symbol code') }]);
    expect(sinks.records.get('7203')).toMatchObject({
      bars: 5,
      firstDate: '2024-01-04',
      lastDate: '2024-01-11',
      priceBasis: 'traded',
    });
    const reasons = [...sinks.entries.values()].flat().map(({ symbol, line, reason }) => [symbol, line, reason]);
    expect(reasons).toEqual([
      ['7203', 7, 'price-not-positive'],
      ['7203', 8, 'date-invalid'],
    ]);
  });

  it('forgets what it kept out once the file is corrected', async () => {
    const { fetcher, sinks } = setUp();
    const folder = folderWith({ '7203.csv': csv('2024-01-04,1,1,1,-1,1', ...bars('1000').slice(1)) });
    await fetcher.fetch(new CsvFolderProvider({ folder }));
    writeFileSync(join(folder, '7203.csv'), csv(...bars('1000')));
    expect(await fetcher.fetch(new CsvFolderProvider({ folder }))).toMatchObject({ barsAdded: 1, rowsQuarantined: 0 });
    expect([...sinks.entries.values()].flat()).toEqual([]);
  });

  it('names a symbol as it was named before, else by the list of issues, and says what gives a name', async () => {
    const { fetcher, sinks } = setUp();
    const named = 'symbol,name,group,sector\n7203,自動車,TOPIX Core30,輸送用機器\n';
    const first = await fetcher.fetch(
      new CsvFolderProvider({ folder: folderWith({ '7203.csv': csv(...bars('1000')), 'symbols.csv': named }) }),
    );
    expect(first.notes).toEqual([]);
    const files = Object.fromEntries(['7203', '6501', '999A'].map((code) => [`${code}.csv`, csv(...bars('1000'))]));
    const second = await fetcher.fetch(new CsvFolderProvider({ folder: folderWith(files) }));
    expect(second.notes).toEqual([
      expect.stringMatching(/^1 symbol has no name; save the list of issues .*symbols\.csv/),
    ]);
    expect(sinks.records.get('7203')).toMatchObject({ name: '自動車', sector: '輸送用機器', tickTable: 'topix500' });
    expect(sinks.records.get('6501')).toMatchObject({ name: '日立製作所', sector: '電気機器', tickTable: 'topix500' });
    expect(sinks.records.get('999A')).toMatchObject({ name: '999A', sector: null, tickTable: 'standard' });
  });

  it('reports how far it is', async () => {
    const { fetcher } = setUp();
    const told: FetchProgress[] = [];
    await fetcher.fetch(new CsvFolderProvider({ folder: folderWith(mixed) }), {
      onProgress: (progress) => told.push(progress),
    });
    expect(told.shift()).toMatchObject({
      files: 0,
      activity: expect.stringMatching(/^looking for symbols in .*\/N225\.csv$/),
    });
    expect(told.map(({ filesDone, files, fraction }) => [filesDone, files, fraction])).toEqual([
      [0, 4, 0],
      [1, 4, 0.25],
      [2, 4, 0.5],
      [3, 4, 0.75],
      [4, 4, 1],
    ]);
    expect(told.map(({ symbol }) => symbol)).toEqual([null, '6501', '7203', '7267', '8306']);
  });

  it('stops when it is cancelled and keeps what was stored', async () => {
    const { fetcher, sinks } = setUp();
    const abort = new AbortController();
    const fetch = fetcher.fetch(new CsvFolderProvider({ folder: folderWith(mixed) }), {
      signal: abort.signal,
      onProgress: ({ filesDone }) => filesDone === 1 && abort.abort(),
    });
    await expect(fetch).rejects.toMatchObject({ code: 'run.cancelled', message: expect.stringContaining('1 of 4') });
    expect([...sinks.records.keys()]).toEqual(['6501']);
  });

  it('refuses two files of one symbol by name and changes nothing by them; the other symbols are read', async () => {
    const { fetcher, sinks } = setUp();
    const folder = folderWith({
      '7203.csv': csv(...bars('1')),
      '7203.T.csv': csv(...bars('2')),
      '6501.csv': csv(...bars('3')),
    });
    const result = await fetcher.fetch(new CsvFolderProvider({ folder }));
    expect(result).toMatchObject({ symbols: 1, files: 3, barsAdded: 5 });
    expect(result.filesRefused.map(({ message }) => message)).toEqual([
      expect.stringMatching(/7203\.T\.csv: 7203 has another file here too, .*7203\.csv; keep one file of each symbol/),
      expect.stringMatching(/7203\.csv: 7203 has another file here too, .*7203\.T\.csv; keep one/),
    ]);
    expect([...sinks.records.keys()]).toEqual(['6501']);
  });

  it('fails when no file is a table of bars, and when no row is good, with the reasons', async () => {
    const refused = folderWith({ '7267.csv': mixed['7267.csv'], '8306.csv': '' });
    await expect(setUp().fetcher.fetch(new CsvFolderProvider({ folder: refused }))).rejects.toMatchObject({
      code: 'data.file-unreadable',
      message: expect.stringMatching(/7267\.csv: line 1: there is no column close.*8306\.csv: the file is empty/),
    });
    const { fetcher, sinks } = setUp();
    const bad = folderWith({ '7203.csv': csv('2024-01-04,1,1,1,-1,1', '2024-01-05,1,1,1,x,1') });
    await expect(fetcher.fetch(new CsvFolderProvider({ folder: bad }))).rejects.toMatchObject({
      code: 'data.no-usable-rows',
      message: expect.stringMatching(
        /^none of the 2 rows is a good bar; price-not-positive 1, the first in .*7203\.csv line 2: expected prices above 0 .*; not-a-number 1, the first in .*7203\.csv line 3: close: expected a number, got "x"$/,
      ),
    });
    expect([...sinks.entries.values()].flat()).toHaveLength(2);
  });
});

describe('bars of another price basis', () => {
  it('are refused, since the step between them would look like a return', async () => {
    const { fetcher, sinks } = setUp();
    await fetcher.fetch(new CsvFolderProvider({ folder: folderWith({ '7203.csv': csv(...bars('1000')) }) }));
    const adjusted = folderWith({ '7203.csv': csv(...bars('987.13')), '6501.csv': csv(...bars('987.13')) });
    const result = await fetcher.fetch(new CsvFolderProvider({ folder: adjusted }));
    expect(result).toMatchObject({ symbols: 1, barsAdded: 5, barsChanged: 0 });
    expect(result.filesRefused).toMatchObject([
      { message: expect.stringMatching(/the prices are fully-adjusted, but the bars of 7203 .* are traded/) },
    ]);
    expect(sinks.records.get('7203')?.priceBasis).toBe('traded');
  });

  it('are taken as an update when only the newest prices of an adjusted series lie on the grid', async () => {
    const { fetcher, sinks } = setUp();
    await fetcher.fetch(new CsvFolderProvider({ folder: folderWith({ '7203.csv': csv(...bars('987.13')) }) }));
    const update = folderWith({ '7203.csv': csv('2024-01-12,990,990,990,990,100') });
    expect(await fetcher.fetch(new CsvFolderProvider({ folder: update }))).toMatchObject({ barsAdded: 1 });
    expect(sinks.records.get('7203')).toMatchObject({ priceBasis: 'fully-adjusted', bars: 6 });
    const old = folderWith({ '7203.csv': csv('2020-01-10,990,990,990,990,100') });
    await expect(fetcher.fetch(new CsvFolderProvider({ folder: old }))).rejects.toMatchObject({
      code: 'data.file-unreadable',
    });
  });
});

describe('a provider that fails', () => {
  /** Fails a number of times before it answers. */
  function failing(times: number, code: 'data.provider-failed' | 'data.folder-unreadable'): BarProvider {
    const provider = new CsvFolderProvider({ folder: folderWith({ '7203.csv': csv(...bars('1000')) }) });
    let failures = 0;
    return {
      name: 'csv',
      synthetic: false,
      read: (source) => provider.read(source),
      list: async () => {
        failures += 1;
        if (failures <= times) throw new DayTradeError(code, 'busy');
        return provider.list();
      },
    };
  }

  it('is asked again after pauses that double, while it says that it may succeed later', async () => {
    const { fetcher, pauses } = setUp();
    expect(await fetcher.fetch(failing(3, 'data.provider-failed'))).toMatchObject({ barsAdded: 5 });
    expect(pauses).toEqual([500, 1000, 2000]);
  });

  it('fails the fetch after four attempts, and at once when asking again is of no use', async () => {
    const { fetcher, pauses } = setUp();
    await expect(fetcher.fetch(failing(4, 'data.provider-failed'))).rejects.toThrow('busy');
    expect(pauses).toHaveLength(3);
    await expect(fetcher.fetch(failing(1, 'data.folder-unreadable'))).rejects.toThrow('busy');
    expect(pauses).toHaveLength(3);
  });
});

describe('sources that fail', () => {
  const failing =
    (code: 'data.provider-failed' | 'data.file-unreadable' | 'data.symbol-unknown' | 'data.clock-skew') => () => {
      throw new DayTradeError(code, `fault of ${code}`);
    };
  const failed = failing('data.provider-failed');
  const good = (code: string) => () => sourceRows(code);

  it('are refused while others can be read, each asked for four times', async () => {
    const { fetcher, pauses, sinks } = setUp();
    const reads = { '7201.csv': failed, '7202.csv': failed, '7203.csv': good('7203'), '7204.csv': failed };
    const result = await fetcher.fetch(providerOf({ ...reads, '7205.csv': failed, '7206.csv': good('7206') }));
    expect(result.filesRefused).toEqual(
      ['7201', '7202', '7204', '7205'].map((code) => ({
        file: `${code}.csv`,
        message: 'fault of data.provider-failed',
      })),
    );
    expect([...sinks.records.keys()]).toEqual(['7203', '7206']);
    expect(pauses).toEqual([1, 2, 3, 4].flatMap(() => [500, 1_000, 2_000]));
  });

  it('end the fetch at the third in a row; what was read before is stored', async () => {
    const { fetcher, sinks } = setUp();
    const reads = { '7201.csv': good('7201'), '7202.csv': failed, '7203.csv': failed, '7204.csv': failed };
    await expect(fetcher.fetch(providerOf(reads))).rejects.toThrow('fault of data.provider-failed');
    expect([...sinks.records.keys()]).toEqual(['7201']);
  });

  it('do not end it where the files or the codes are at fault', async () => {
    const { fetcher } = setUp();
    const [unreadable, unknown] = [failing('data.file-unreadable'), failing('data.symbol-unknown')];
    const reads = { '7201.csv': unreadable, '7202.csv': unknown, '7203.csv': unreadable, '7204.csv': unknown };
    const result = await fetcher.fetch(providerOf({ ...reads, '7205.csv': good('7205') }));
    expect(result).toMatchObject({ files: 5, symbols: 1 });
    expect(result.filesRefused).toHaveLength(4);
  });

  it('end it at once where every source would fail', async () => {
    const { fetcher } = setUp();
    const skewed = { '7201.csv': failing('data.clock-skew'), '7202.csv': good('7202') };
    await expect(fetcher.fetch(providerOf(skewed))).rejects.toMatchObject({ code: 'data.clock-skew' });
  });

  it('are not refused where the fetch was cancelled while they were read', async () => {
    const { fetcher } = setUp();
    const abort = new AbortController();
    const cut = () => {
      abort.abort();
      throw new DayTradeError('data.file-unreadable', 'the reading was cut');
    };
    await expect(fetcher.fetch(providerOf({ '7203.csv': cut }), { signal: abort.signal })).rejects.toMatchObject({
      code: 'run.cancelled',
      message: 'cancelled after 0 of 1 files; their bars are kept',
    });
  });

  it('are not what is said of a fetch that was cancelled before its sources were known', async () => {
    const { fetcher } = setUp();
    const provider = { ...providerOf({}), list: () => Promise.reject(new Error('the list was cut')) };
    await expect(fetcher.fetch(provider, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'run.cancelled',
      message: 'cancelled after 0 of 0 files; their bars are kept',
    });
    await expect(fetcher.fetch(provider)).rejects.toThrow('the list was cut');
  });
});

describe('the bars of a fetch', () => {
  /** Reads one symbol after another, each so many milliseconds later; which were stored when each was read. */
  async function storedWhenRead(milliseconds: number, incremental: boolean) {
    const sinks = new MemorySinks();
    let time = Date.parse('2025-06-02T00:00:00Z');
    const seen: string[][] = [];
    const read = (code: string) => () => {
      seen.push([...sinks.records.keys()]);
      time += milliseconds;
      return sourceRows(code);
    };
    const codes = ['7201', '7202', '7203', '7204'];
    const reads = Object.fromEntries(codes.map((code) => [`${code}.csv`, read(code)]));
    const fetcher = new DataFetcher({ sinks, now: () => time, pause: async () => undefined });
    const { seconds } = await fetcher.fetch(providerOf(reads, { incremental }));
    expect([...sinks.records.keys()]).toEqual(codes);
    expect(seconds).toBe((4 * milliseconds) / 1_000);
    return seen.map(({ length }) => length);
  }

  it.each([
    [30_000, true, [0, 1, 2, 3]],
    [15_000, true, [0, 0, 2, 2]],
    [14_999, true, [0, 0, 0, 3]],
    [1_000, true, [0, 0, 0, 0]],
    [30_000, false, [0, 0, 0, 0]],
  ])('that take %d ms a source, from a network: %s, are stored when %j sources were', async (milliseconds, ...more) => {
    const [incremental, stored] = more;
    expect(await storedWhenRead(milliseconds, incremental)).toEqual(stored);
  });

  it('of a symbol that comes twice are stored before its second source is judged', async () => {
    const { fetcher, sinks } = setUp();
    const late = { priceBasis: 'fully-adjusted' } as const;
    const reads = { '7203.csv': () => sourceRows('7203'), '7203.csv again': () => sourceRows('7203', late) };
    const result = await fetcher.fetch(providerOf(reads));
    expect(result.filesRefused).toMatchObject([
      { file: '7203.csv again', message: expect.stringContaining('are traded') },
    ]);
    expect(sinks.records.get('7203')).toMatchObject({ priceBasis: 'traded', bars: 3 });
  });

  it('say that stored ones were missing where the record has some and none was found', async () => {
    const { fetcher, sinks } = setUp();
    await fetcher.fetch(providerOf({ '7203.csv': () => sourceRows('7203') }));
    expect((await fetcher.fetch(providerOf({ '7203.csv': () => sourceRows('7203', {}, 4) }))).symbolsMended).toEqual(
      [],
    );
    sinks.stored.clear();
    expect((await fetcher.fetch(providerOf({ '7203.csv': () => sourceRows('7203') }))).symbolsMended).toEqual([
      {
        symbol: '7203',
        message:
          'its 4 stored bars were missing; its bars are now the 3 of 7203.csv. ' +
          'Import other files of the symbol again too.',
      },
    ]);
    sinks.stored.clear();
    sinks.records.set('7203', { ...sinks.records.get('7203')!, bars: 0 });
    expect((await fetcher.fetch(providerOf({ '7203.csv': () => sourceRows('7203') }))).symbolsMended).toEqual([]);
  });

  it('say what was wrong with stored ones that they replaced', async () => {
    const { fetcher, sinks } = setUp();
    const mergeMany = sinks.bars.mergeMany.bind(sinks.bars);
    Object.assign(sinks.bars, {
      mergeMany: async (...given: Parameters<typeof mergeMany>) =>
        (await mergeMany(...given)).map((merged) => ({ ...merged, mended: 'the file was cut' })),
    });
    expect((await fetcher.fetch(providerOf({ '7203.csv': () => sourceRows('7203') }))).symbolsMended).toMatchObject([
      { symbol: '7203', message: expect.stringMatching(/^the file was cut; its bars are now the 3 of 7203\.csv\./) },
    ]);
  });

  it('take no name from a symbol that was synthetic', async () => {
    const { fetcher, sinks } = setUp();
    const unnamed = () => sourceRows('999A', { master: masterOf(parseSymbol('999A')) });
    await fetcher.fetch(providerOf({ '999A.csv': () => sourceRows('999A') }));
    const named = sinks.records.get('999A')!;
    sinks.records.set('999A', { ...named, synthetic: true });
    await fetcher.fetch(providerOf({ '999A.csv': unnamed }));
    expect(sinks.records.get('999A')).toMatchObject({ name: '999A' });
    sinks.records.set('999A', named);
    await fetcher.fetch(providerOf({ '999A.csv': unnamed }));
    expect(sinks.records.get('999A')).toMatchObject({ name: 'name of 999A' });
  });

  it('of nothing are no progress', async () => {
    const told: FetchProgress[] = [];
    const { fetcher } = setUp();
    await fetcher.fetch(providerOf({}, { incremental: true }), { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([{ filesDone: 0, files: 0, symbol: null, fraction: 0, activity: null }]);
  });
});
