import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ListedSymbol, PriceFactor, UniverseImport } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const day = (text: string) => parseTradeDate(text);
const toyota: ListedSymbol = {
  symbol: '7203',
  name: 'トヨタ自動車',
  sector: '輸送用機器',
  sizeGroup: 'TOPIX Core30',
  tickTable: 'topix500',
  lot: 100,
  priceBasis: 'traded',
  synthetic: false,
  firstDate: day('2021-01-04'),
  lastDate: day('2026-11-24'),
  bars: 1_440,
  displaced: false,
};
const others: readonly ListedSymbol[] = [
  { ...toyota, symbol: '6758', name: 'Sony', sector: null, priceBasis: 'split-adjusted', bars: 1_000 },
  { ...toyota, symbol: '9984', name: 'SoftBank', sector: null, bars: 0 },
  { ...toyota, symbol: '1000', name: 'Made', sector: null, synthetic: true, displaced: true },
  { ...toyota, symbol: '1001', name: 'Made too', sector: null, synthetic: true },
];
const barsAge = {
  newest: day('2026-11-20'),
  lastFinishedSession: day('2026-11-24'),
  sessionsBehind: 1,
  daysBehind: 4,
};

describe('symbols list', () => {
  const list = (symbols: readonly ListedSymbol[], age: object | null = null, damaged: readonly object[] = []) =>
    runLine(['symbols', 'list'], {
      'GET /v1/symbols': { symbols, barsAge: age },
      'GET /v1/symbols/damaged': { checked: symbols.length, damaged },
    });

  it('shows every symbol, which bars are damaged, and which symbols are in use', async () => {
    const { out, err } = await list([toyota, ...others], barsAge, [{ symbol: '6758', message: 'its file is cut off' }]);
    expect(out).toBe(`symbol  name          sector      first       last           bars  prices
7203    トヨタ自動車  輸送用機器  2021-01-04  2026-11-24    1,440  traded
6758    Sony          –           2021-01-04  2026-11-24  damaged  split-adjusted
9984    SoftBank      –           2021-01-04  2026-11-24        0  traded
1000    Made          –           2021-01-04  2026-11-24    1,440  synthetic, displaced
1001    Made too      –           2021-01-04  2026-11-24    1,440  synthetic

3 symbols in use: bars end 2026-11-20, 1 session (4 days) before the last finished session, 2026-11-24.
1 symbol more with 5-minute bars and no daily bars: not used.
Real symbols displace 1 synthetic symbol; to remove: daytrade symbols remove --synthetic --yes
`);
    expect(err).toBe('left out 6758: its file is cut off. Import its bars again: daytrade import FOLDER\n');
  });

  it('says up to which session the bars are, where none is missing', async () => {
    const { out } = await list([toyota], { ...barsAge, newest: '2026-11-24', sessionsBehind: 0, daysBehind: 0 });
    expect(out.split('\n').slice(2)).toEqual([
      '',
      '1 symbol in use: bars to 2026-11-24, the last finished session.',
      '',
    ]);
    expect((await list([toyota])).out.split('\n').slice(2)).toEqual(['', '1 symbol in use.', '']);
  });

  it('says how to bring bars in where there are none', async () => {
    expect((await list([])).out).toBe('There are no bars yet: daytrade import FOLDER, or daytrade fetch\n');
  });
});

describe('symbols show', () => {
  const intraday = {
    bars: 12_000,
    sessions: 200,
    firstDate: '2026-01-05',
    lastBar: '2026-11-24T06:30:00.000Z',
    gaps: [],
    missingSessions: 0,
  };
  const health = {
    ...toyota,
    damage: null,
    gaps: [],
    missingSessions: 0,
    explainedSessions: 0,
    sessionsBehind: 0,
    intraday,
    keptOut: [],
    origins: [],
    concerns: [],
  };
  const factor = (date: string, kind: 'split' | 'dividend', value: number): PriceFactor => ({
    date: day(date),
    kind,
    value,
    knownOn: day('2026-11-01'),
    source: 'jquants',
  });
  const answers = (symbols: readonly object[], healths: readonly object[], factors: readonly PriceFactor[]) => ({
    'GET /v1/symbols/7203/factors': { symbol: '7203', name: toyota.name, factors },
    'GET /v1/symbols': { symbols, barsAge: null },
    'GET /v1/symbols/health': { symbols: healths, barsAge: null },
  });
  const factors = [
    factor('2021-09-29', 'split', 0.2),
    factor('2022-09-29', 'split', 2 / 3),
    factor('2023-09-28', 'split', 10),
    factor('2024-03-28', 'dividend', 45),
  ];

  it('shows what is known of it, with splits and dividends', async () => {
    const { out, requests } = await runLine(
      ['symbols', 'show', '7203'],
      answers([...others, toyota], [health], factors),
    );
    expect(out).toBe(`7203  トヨタ自動車
  sector      輸送用機器
  size group  TOPIX Core30
  unit        100 shares
  bars        1,440, 2021-01-04 to 2026-11-24, prices traded
  5-minute    12,000, 200 sessions from 2026-01-05, the newest bar ended 2026-11-24 15:30

from        what                known on    source
2021-09-29  split 5:1           2026-11-01  jquants
2022-09-29  split 1.5:1         2026-11-01  jquants
2023-09-28  reverse split 1:10  2026-11-01  jquants
2024-03-28  dividend of 45 yen  2026-11-01  jquants
`);
    expect(requests.map(([line]) => line)).toEqual([
      'GET /v1/symbols/7203/factors',
      'GET /v1/symbols',
      'GET /v1/symbols/health?symbol=7203',
    ]);
  });

  it('shows dashes for what is not known, and no 5-minute bars where there are none', async () => {
    const unknown = { ...toyota, sector: null, sizeGroup: null, lot: 1_000 };
    const { out } = await runLine(['symbols', 'show', '7203'], answers([unknown], [{ ...health, intraday: null }], []));
    expect(out).toBe(`7203  トヨタ自動車
  sector      –
  size group  –
  unit        1,000 shares
  bars        1,440, 2021-01-04 to 2026-11-24, prices traded
No splits or dividends are known.
`);
  });

  it('shows the factors alone of a symbol that is not listed', async () => {
    const { out } = await runLine(['symbols', 'show', '7203'], answers([], [], factors.slice(3)));
    expect(out).toMatch(/^\nfrom {8}what .*\n2024-03-28 {2}dividend of 45 yen/);
    const shown = await runLine(['symbols', 'show', '7203', '--json'], answers([toyota], [health], factors));
    expect(JSON.parse(shown.out)).toEqual({ ...toyota, intraday, factors });
  });
});

describe('symbols import', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daytrade-symbols-'));
    file = join(folder, 'listings.csv');
    writeFileSync(file, 'kind,symbol,from\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const result: UniverseImport = {
    file: 'listings.csv',
    dryRun: false,
    written: true,
    rows: 1_200,
    faults: [],
    added: 1_100,
    unchanged: 90,
    removed: 10,
  };
  const taken = (changes: object, ...words: string[]) =>
    runLine(['symbols', 'import', file, ...words], { 'PUT /v1/symbols/universe/file': { ...result, ...changes } });

  it('counts what was added, replaced and the same', async () => {
    const { out, requests, exitCode } = await taken({});
    expect(out).toBe('listings.csv: 1,200 rows, 0 bad ones.\n1,100 added, 10 replaced, 90 the same.\n');
    expect(requests).toEqual([['PUT /v1/symbols/universe/file?file=listings.csv&dryRun=false']]);
    expect(exitCode).toBe(0);
  });

  it('with --dry-run says what would be', async () => {
    const { out, requests } = await taken({ dryRun: true, written: false }, '--dry-run');
    expect(out).toBe(`listings.csv: 1,200 rows, 0 bad ones.
1,100 would be added, 10 would be replaced, 90 the same.
Nothing was written.
`);
    expect(requests).toEqual([['PUT /v1/symbols/universe/file?file=listings.csv&dryRun=true']]);
  });

  it('names every bad row, and ends with 2', async () => {
    const faults = [{ line: 3, message: 'listings.csv line 3: expected a kind' }];
    const { out, err, exitCode } = await taken({ faults, written: false });
    expect(err).toBe('listings.csv line 3: expected a kind\n');
    expect(out).toBe(`listings.csv: 1,200 rows, 1 bad one.
Nothing was written: correct what is named above and import it again.
`);
    expect(exitCode).toBe(2);
  });

  it('reads a file of 16 MiB, and none that is longer', async () => {
    writeFileSync(file, Buffer.alloc(16 * 1_048_576 + 1));
    await expect(taken({})).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'listings.csv: expected at most 16777216 bytes of listings, got 16777217',
    });
    writeFileSync(file, Buffer.alloc(16 * 1_048_576));
    expect((await taken({})).exitCode).toBe(0);
  });
});

describe('symbols remove', () => {
  const removed = { symbols: ['1000', '1001'], bars: 2_880, predictions: 1_400, quarantine: 3 };
  const remove = (...words: string[]) =>
    runLine(['symbols', 'remove', '--synthetic', '--yes', ...words], { 'DELETE /v1/symbols': removed });

  it('counts what went with the synthetic symbols', async () => {
    const { out, requests } = await remove();
    expect(out).toBe('Removed 2 synthetic symbols: 2,880 daily bars, 1,400 predictions, 3 quarantined rows.\n');
    expect(requests).toEqual([['DELETE /v1/symbols?synthetic=true']]);
    expect(JSON.parse((await remove('--json')).out)).toEqual({ removed: true, ...removed });
  });
});
