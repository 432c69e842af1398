import { type FetchResult, fetchResultSchema, type SymbolHealth } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { endedRun, runLine, testSettings } from '../platform/answering-services.fixture.ts';
import { loadProgram } from '../program.ts';

const result: FetchResult = fetchResultSchema.parse({
  provider: 'jquants',
  synthetic: false,
  files: 0,
  filesRefused: [],
  filesSkipped: [],
  symbols: 2,
  rowsRead: 3,
  barsAdded: 2,
  barsChanged: 0,
  barsUnchanged: 1,
  rowsQuarantined: 0,
  rowsWithoutTrade: 0,
  warnings: 0,
  seconds: 1,
});

describe('fetch', () => {
  const fetched = (words: readonly string[], changes: object = {}) =>
    runLine(['fetch', ...words], { 'POST /v1/fetches': { run: endedRun('fetch', { ...result, ...changes }) } });

  it('asks the provider that is named, and reports what came', async () => {
    const { requests, out, exitCode } = await fetched(['jquants', '--symbols', '7203,6758', '--from', '2026-01-05']);
    expect(requests).toEqual([
      ['POST /v1/fetches', { provider: 'jquants', symbols: ['7203', '6758'], from: '2026-01-05' }],
    ]);
    expect(out.split('\n')[0]).toBe('2 symbols from J-Quants in 1.0 s (3 rows/s)');
    expect(exitCode).toBe(0);
  });

  it('names refused answers and notes, and ends with 2 for a refused one', async () => {
    const filesRefused = [{ file: '7203', message: '7203: HTML came' }];
    expect(await fetched(['jquants'], { filesRefused, notes: ['bars are late'] })).toMatchObject({
      err: 'refused 7203: HTML came\nbars are late\n',
      exitCode: 2,
    });
    expect((await fetched(['jquants'], { notes: ['bars are late'] })).exitCode).toBe(0);
  });

  it('of files imports their folder', async () => {
    const settings = testSettings({ DAYTRADE_CSV_FOLDER: '/bars' });
    const answers = { 'POST /v1/fetches': { run: endedRun('fetch', result) } };
    const { requests } = await runLine(['fetch', 'csv'], answers, { settings });
    expect(requests).toEqual([['POST /v1/fetches', { provider: 'csv', folder: '/bars' }]]);
  });

  it.each([
    [[], 'DAYTRADE_PROVIDER: no provider is set; run daytrade setup, or name one: daytrade fetch jquants'],
    [['stooq'], /^provider: expected "csv" or .*, got "stooq"/],
    [['--repair', 'jquants'], '--repair: expected --symbols and --from alone beside it, got jquants'],
    [['--repair', '--seed', '7'], '--repair: expected --symbols and --from alone beside it, got seed'],
    [['--repair', '--to', '2026-01-05'], '--repair: expected --symbols and --from alone beside it, got to'],
    [['--repair', '--from', '2026-02-30'], '--from: expected a date that exists'],
  ])('refuses %j before anything is sent', async (words, message) => {
    await expect(runLine(['fetch', ...words])).rejects.toThrow(message);
  });

  it('names beside each option the providers that take it, and --repair where it does', async () => {
    const program = await loadProgram(['node', 'daytrade', 'fetch'], async () => undefined);
    const help = program.commands[0]!.helpInformation().replaceAll(/\n +(?!-)/g, ' ');
    expect(help).toMatch(/--symbols <codes> +jquants, yahoo, --repair: codes/);
    expect(help).toMatch(/--from <date> +first session/);
    expect(help).toMatch(/--seed <number> +synthetic: /);
  });
});

describe('fetch --repair', () => {
  const gaps = { concern: 'gaps', message: 'a session is missing', remedy: 'fetch it' } as const;
  const keptOut = { concern: 'kept-out', message: 'a row was wrong', remedy: 'look at it' } as const;
  const health = (symbol: string, changes: Partial<SymbolHealth> = {}): SymbolHealth => ({
    symbol,
    name: symbol,
    priceBasis: 'traded',
    synthetic: false,
    bars: 100,
    firstDate: parseTradeDate('2026-06-01'),
    lastDate: parseTradeDate('2026-11-20'),
    damage: null,
    gaps: [{ from: parseTradeDate('2026-11-04'), to: parseTradeDate('2026-11-05'), sessions: 2 }],
    missingSessions: 2,
    explainedSessions: 0,
    sessionsBehind: 0,
    intraday: null,
    keptOut: [],
    origins: [{ source: 'jquants', bars: 100, fetchedAt: null }],
    concerns: [gaps],
    ...changes,
  });
  const whole = { concerns: [], gaps: [], missingSessions: 0 };

  /** Answers the health before the fetches, then that after them. */
  function repaired(words: readonly string[], healths: readonly (readonly SymbolHealth[])[], fetched: object = result) {
    const answers = [...healths];
    return runLine(['fetch', '--repair', ...words], {
      'GET /v1/symbols/health': () => ({ symbols: answers.shift() ?? [], barsAge: null }),
      'GET /v1/fetches': { sources: [] },
      'POST /v1/fetches': fetched === result ? { run: endedRun('fetch', result) } : fetched,
    });
  }

  it('asks the source for what is lacking, and says that nothing is any more', async () => {
    const before = [health('7203'), health('6758', whole), health('9984', { ...whole, concerns: [keptOut] })];
    const { requests, out, exitCode } = await repaired(
      [],
      [before, [health('7203', { ...whole, concerns: [keptOut] })]],
    );
    expect(requests).toEqual([
      ['GET /v1/symbols/health'],
      ['GET /v1/fetches'],
      ['POST /v1/fetches', { provider: 'jquants', symbols: ['7203'], from: '2026-11-04', again: true }],
      ['GET /v1/symbols/health?symbol=7203'],
    ]);
    expect(out).toBe('J-Quants: 2 bars added, 0 changed.\nNo bars are missing.\n');
    expect(exitCode).toBe(0);
  });

  it('asks for named symbols whatever is known of them', async () => {
    const { requests } = await repaired(['--symbols', '6758', '--from', '2026-01-05'], [[health('6758', whole)]]);
    expect(requests.slice(0, 3)).toEqual([
      ['GET /v1/symbols/health?symbol=6758'],
      ['GET /v1/fetches'],
      ['POST /v1/fetches', { provider: 'jquants', symbols: ['6758'], from: '2026-01-05', again: true }],
    ]);
  });

  it('shows what is lacking still, and ends with 5', async () => {
    const { out, exitCode } = await repaired([], [[health('7203')], [health('7203'), health('6758', whole)]]);
    expect(out).toMatch(/^J-Quants: 2 bars added, 0 changed\.\n1 symbol with 100 daily bars: 1 needs attention\.\n/);
    expect(out).not.toContain('6758');
    expect(exitCode).toBe(5);
    const asJson = await repaired(['--json'], [[health('7203')], [health('7203'), health('6758', whole)]]);
    expect(JSON.parse(asJson.out)).toEqual({
      fetched: [{ source: 'J-Quants', barsAdded: 2, barsChanged: 0 }],
      withoutSource: [],
      lacking: [health('7203')],
    });
  });

  it('asks for nothing where nothing is lacking', async () => {
    const { requests, out } = await repaired([], [[health('6758', whole)]]);
    expect(requests.map(([line]) => line)).toEqual([
      'GET /v1/symbols/health',
      'GET /v1/fetches',
      'GET /v1/symbols/health',
    ]);
    expect(out).toBe('No bars are missing.\n');
  });

  it('names symbols without a source, and a source that fails', async () => {
    const file = health('6758', { origins: [{ source: 'csv', bars: 1, fetchedAt: null }] });
    const error = { code: 'data.provider-failed', message: 'nobody answers', details: {} };
    const failed = { run: endedRun('fetch', null, { status: 'failed', error }) };
    const { out, err } = await repaired([], [[health('7203'), file]], failed);
    expect(err).toBe('J-Quants: nobody answers\n');
    expect(out).toBe(
      'No source of 6758 is known: get the files again and run daytrade import FOLDER.\nNo bars are missing.\n',
    );
    const cancelled = { run: endedRun('fetch', null, { status: 'cancelled' }) };
    await expect(repaired([], [[health('7203')]], cancelled)).rejects.toMatchObject({ code: 'run.cancelled' });
  });
});
