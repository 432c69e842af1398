import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BacktestRecord, IndexEntry, QuarantineEntry, SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { sampleJudged, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const day = parseTradeDate;

describe('data check', () => {
  const health: SymbolHealth = {
    symbol: '7203',
    name: 'トヨタ自動車',
    priceBasis: 'traded',
    synthetic: false,
    bars: 1_222,
    firstDate: day('2021-07-13'),
    lastDate: day('2026-07-13'),
    damage: null,
    gaps: [],
    missingSessions: 1_001,
    explainedSessions: 2,
    sessionsBehind: 0,
    intraday: null,
    keptOut: [
      { reason: 'gap', rows: 3 },
      { reason: 'closed-day', rows: 4 },
    ],
    origins: [],
    concerns: [{ concern: 'gaps', message: 'sessions are missing', remedy: 'fetch them' }],
  };
  const fine: SymbolHealth = { ...health, symbol: '6758', name: 'Sony', concerns: [], missingSessions: 0, keptOut: [] };
  const index: IndexEntry = {
    name: 'topix',
    title: 'TOPIX',
    state: 'behind',
    expected: day('2026-11-24'),
    values: 1_200,
    firstDate: day('2021-01-04'),
    lastDate: day('2026-11-20'),
    source: 'file',
    fetchedAt: null,
    synthetic: false,
    inUse: true,
  };
  const absent: IndexEntry = {
    ...index,
    name: 'vix',
    title: 'VIX',
    state: 'absent',
    values: 0,
    firstDate: null,
    lastDate: null,
    source: null,
  };
  const check = (words: readonly string[], symbols: readonly SymbolHealth[], indices: readonly IndexEntry[]) =>
    runLine(['data', 'check', ...words], {
      'GET /v1/symbols/health': { symbols, barsAge: null },
      'GET /v1/indices': { indices },
    });

  it('shows what needs attention, then the index series, and ends with 5', async () => {
    const { out, exitCode } = await check([], [health, fine], [index, absent]);
    expect(out).toBe(`2 symbols with 2,444 daily bars: 1 needs attention.

symbol  needs   bars  first       last        5-minute  missing  explained  kept out  basis   source
7203    gaps   1,222  2021-07-13  2026-07-13         –    1,001          2         7  traded  –

7203 トヨタ自動車
  sessions are missing
    fetch them

index  series  values  first       last        could have  state   source
topix  TOPIX    1,200  2021-01-04  2026-11-20  2026-11-24  behind  file
vix    VIX          0  –           –           2026-11-24  absent  –
`);
    expect(exitCode).toBe(5);
  });

  it('ends with 0 where nothing needs attention, and says how an index comes in', async () => {
    const { out, exitCode } = await check([], [fine], [absent]);
    expect(out).toBe(`1 symbol with 1,222 daily bars: nothing needs attention.

There are no index series: daytrade import --index nasdaq FILE brings one in.
`);
    expect(exitCode).toBe(0);
  });

  it.each([['--all'], ['6758']])('with %s shows what needs nothing too', async (word) => {
    const { out } = await check([word], [fine], []);
    expect(out).toMatch(/\n6758 +– +1,222 /);
    expect(out.includes('index series')).toBe(word === '--all');
  });

  it('asks for each symbol that is named', async () => {
    const { requests } = await check(['7203', '6758'], [fine], []);
    expect(requests.map(([line]) => line)).toEqual([
      'GET /v1/symbols/health?symbol=7203',
      'GET /v1/symbols/health?symbol=6758',
      'GET /v1/indices',
    ]);
  });
});

describe('data export', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daytrade-data-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;

  /** Exports a table, and returns the fields of its rows. */
  async function exported(words: readonly string[], answers: object) {
    const file = join(folder, `${(files += 1)}.csv`);
    const ended = await runLine(
      ['data', 'export', ...words, '--output', file],
      answers as Readonly<Record<string, unknown>>,
    );
    const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    return { ...ended, file, header, rows, codes: rows.map((row) => row.split(',')[0]) };
  }

  const hidden = { directionSkilled: false, centre: null, probabilityUp: null, late: false };
  const prediction = { ...samplePrediction({ synthetic: false }), ...hidden };
  const predictions = ['7203', '6758', '9984'].map((symbol, index) => ({
    ...prediction,
    symbol,
    session: `2026-11-2${5 - index}`,
    expectedDividend: index === 0 ? 12.5 : null,
  }));
  const list = { predictions, sessionOver: false, unpredicted: [], barsAge: null };
  const latest = { 'GET /v1/predictions/latest': list };

  it('writes the newest predictions by default', async () => {
    const { out, err, header, rows, file } = await exported([], latest);
    expect(header).toBe(
      'symbol,name,session,last_session,last_close,expected_dividend,lower,centre,upper,coverage,probability_up,' +
        'direction_skilled,price_basis,model_version,interval_method,made_at,late,synthetic,' +
        'announcement_date,announcement_kind,announcement_time',
    );
    expect(rows[0]).toBe(
      '7203,架空電機,2026-11-25,2026-11-24,1234.5,12.5,1190,,1281.5,0.93,,false,traded,' +
        'm20261124-0001-1f3a9c0b,conformal,2026-11-24T07:00:00.000Z,false,false,,,',
    );
    const bytes = readFileSync(file).length;
    expect(out).toBe(`Wrote 3 predictions of 3 symbols to ${file}: ${bytes.toLocaleString('en-US')} bytes.\n`);
    expect(err).toBe('');
  });

  it.each([
    [
      ['--symbols', '7203,9984'],
      ['7203', '9984'],
    ],
    [
      ['--from', '2026-11-24'],
      ['7203', '6758'],
    ],
    [
      ['--to', '2026-11-24'],
      ['6758', '9984'],
    ],
    [['--from', '2026-11-24', '--to', '2026-11-24'], ['6758']],
    [['--symbols', '7203', '--to', '2026-11-24'], []],
  ])('with %j writes %j', async (words, codes) => {
    expect((await exported(words, latest)).codes).toEqual(codes);
  });

  it('notes that rows are synthetic where one is', async () => {
    const mixed = {
      ...list,
      predictions: [
        { ...prediction, symbol: '7203' },
        { ...prediction, synthetic: true },
      ],
    };
    expect((await exported([], { 'GET /v1/predictions/latest': mixed })).err).toBe(
      'made on the synthetic exchange, not real prices\n',
    );
  });

  it('writes the judged rows of symbols in use, or of those that are named', async () => {
    const symbol = {
      name: 'A',
      sector: null,
      sizeGroup: null,
      tickTable: 'standard',
      lot: 100,
      priceBasis: 'traded',
      synthetic: false,
      firstDate: '2021-01-04',
      lastDate: '2026-11-24',
      bars: 1,
    };
    const judged = { ...sampleJudged({ session: day('2026-11-20') }), horizon: 'next-close' };
    const history = {
      name: 'A',
      priceBasis: 'traded',
      synthetic: false,
      history: [judged, { ...judged, session: '2026-11-24', restatedClose: 620 }],
    };
    const answers = {
      'GET /v1/symbols': {
        symbols: [
          { ...symbol, symbol: '7203', displaced: false },
          { ...symbol, symbol: '1000', displaced: true },
        ],
        barsAge: null,
      },
      'GET /v1/predictions/history/7203': { ...history, symbol: '7203' },
      'GET /v1/predictions/history/6758': { ...history, symbol: '6758' },
    };
    const all = await exported(['judged'], answers);
    expect(all.codes).toEqual(['7203', '7203']);
    expect(all.rows[1]).toBe(
      '7203,A,next-close,2026-11-24,1234.5,1190,1236,1281.5,0.5123,1240,true,620,' +
        'e20261124-0001,walk-forward,traded,false',
    );
    expect(all.requests.at(-1)![0]).toMatch(/\?limit=2000&horizons=all$/);
    const named = await exported(['judged', '--symbols', '6758', '--to', '2026-11-20'], answers);
    expect(named.codes).toEqual(['6758']);
    expect(named.out).toMatch(/^Wrote 1 judged row of 1 symbol to /);
  });

  it('reads the quarantine to its end, 5,000 rows at a time', async () => {
    const entry: QuarantineEntry = {
      symbol: '7203',
      date: '2024-02-30 09:00',
      file: 'a.csv',
      line: 7,
      severity: 'quarantined',
      reason: 'date-invalid',
      message: 'no date',
      row: '=1',
    };
    const pages = [5_000, 2].map((rows) => ({
      total: 5_002,
      counts: [],
      quarantine: Array.from({ length: rows }, () => entry),
    }));
    const answers = { 'GET /v1/quarantine': () => pages.shift() };
    const { requests, out, rows, file } = await exported(['quarantine', '--from', '2024-02-29'], answers);
    expect(requests).toEqual([
      ['GET /v1/quarantine?limit=5000&offset=0'],
      ['GET /v1/quarantine?limit=5000&offset=5000'],
    ]);
    expect(rows).toHaveLength(5_002);
    const bytes = readFileSync(file).length.toLocaleString('en-US');
    expect(out).toBe(`Wrote 5,002 quarantined rows of 1 symbol to ${file}: ${bytes} bytes.\n`);
  });

  const record: BacktestRecord = {
    synthetic: true,
    trades: ['7203', '6758'].map((symbol, index) => ({
      symbol,
      side: 'long',
      shares: 100,
      opened: day('2024-01-04'),
      closed: day(`2024-01-0${4 + index}`),
      entry: 1_000.5,
      exit: 1_100,
      profit: 9_950,
    })),
    orders: [],
    fills: [],
    returns: [
      { date: day('2024-01-04'), return: 0.01 },
      { date: day('2024-01-05'), return: -0.02 },
    ],
    bySymbol: [
      { symbol: '7203', trades: 1, wins: 1, profit: 9_950, costs: 12 },
      { symbol: '6758', trades: 1, wins: 0, profit: -1, costs: 0 },
    ],
  };
  const ofRun = { 'GET /v1/backtests/r1/record': record };

  it.each([
    [
      ['trades', 'r1'],
      ['7203', '6758'],
    ],
    [['trades', 'r1', '--from', '2024-01-05'], ['6758']],
    [['trades', 'r1', '--symbols', '7203'], ['7203']],
    [['trades', 'r1', '--symbols', '7203', '--from', '2024-01-05'], []],
    [['returns', 'r1', '--to', '2024-01-04'], ['2024-01-04']],
    [
      ['by-symbol', 'r1', '--from', '2024-01-05'],
      ['7203', '6758'],
    ],
    [['by-symbol', 'r1', '--symbols', '6758'], ['6758']],
    [['fills', 'r1'], []],
  ])('writes of a backtest by %j the rows of %j', async (words, codes) => {
    expect((await exported(words, ofRun)).codes).toEqual(codes);
  });

  it('for a spreadsheet has no text that is a formula, and numbers as they are', async () => {
    const [won, lost] = record.bySymbol;
    const bySymbol = ['=1', '+1', '-1', '@a', 'a=1'].map((symbol) => ({ ...lost!, symbol }));
    const answers = { 'GET /v1/backtests/r1/record': { ...record, bySymbol: [won, ...bySymbol] } };
    const { header, rows } = await exported(['by-symbol', 'r1', '--excel'], answers);
    expect(header).toBe('\ufeffsymbol,trades,wins,profit,costs');
    expect(rows).toEqual([
      '7203,1,1,9950,12',
      ...["'=1", "'+1", "'-1", "'@a", 'a=1'].map((symbol) => `${symbol},1,0,-1,0`),
    ]);
    expect((await exported(['by-symbol', 'r1'], answers)).codes).toEqual(['7203', '=1', '+1', '-1', '@a', 'a=1']);
  });

  it('counts rows by their name', async () => {
    const { out, rows, header, file } = await exported(['returns', 'r1'], ofRun);
    expect([header, ...rows]).toEqual(['date,return', '2024-01-04,0.01', '2024-01-05,-0.02']);
    expect(out).toBe(`Wrote 2 rows to ${file}: ${readFileSync(file).length} bytes.\n`);
  });
});
