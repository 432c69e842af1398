import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BacktestResult, backtestResultSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';
import { backtestCommand } from './backtest.ts';

const options = {
  strategy: 'gap-fade',
  account: 'day-margin',
  cash: '10000000',
  commission: 'none',
  spreadTicks: '1',
  impact: '1',
  participation: '0.01',
  seed: '1',
};

it.each([
  [['entry'], '--set: expected parameters as entry=1.5, got "entry"'],
  [['entry=1=5'], '--set: expected parameters as entry=1.5, got "entry=1=5"'],
  [['entry=1', 'entry=2'], '--set: expected each parameter once, got "entry=2"'],
  [['entry=x'], '--set entry: expected a number, got "x"'],
  [['entry=1,2'], '--set entry: expected a number, got "1,2"'],
  [['entry= '], '--set entry: expected a number, got " "'],
  [['entry=Infinity'], '--set entry: expected a number, got "Infinity"'],
  [['=1'], '--set: expected parameters as entry=1.5, got "=1"'],
])('refuses %j before anything is sent', async (set, message) => {
  const run = backtestCommand.run({} as CommandContext, { args: [], options: { ...options, set } });
  await expect(run).rejects.toMatchObject({ code: 'input.invalid', message });
});

const sharpe = (value: number, low: number, high: number) => ({ value, low, high });
const result: BacktestResult = backtestResultSchema.parse({
  strategy: 'gap-fade',
  account: 'day-margin',
  from: '2024-01-04',
  to: '2026-11-24',
  sessions: 700,
  symbols: 40,
  synthetic: false,
  traded: true,
  dataHash: 'd1234567890',
  reproducedBy: 'a1b2',
  cash: 10_000_000,
  verdict: 'loses',
  trades: 1_020,
  wins: 0.512,
  gross: { profit: 1_500.5, return: 0.015, sharpe: sharpe(1.254, -0.5, 3), maxDrawdown: 0.021 },
  net: { profit: -2_500.4, return: -0.025, sharpe: sharpe(-1.5, -3, 0.126), maxDrawdown: 0.034 },
  costs: { commission: 1, spread: 20, impact: 300, interest: 4_000.4, lendingFee: 5, total: 4_326.4 },
  turnover: 9_000_000,
  paidBp: 4.81,
  breakEvenBp: null,
  deflatedSharpe: 0.034,
  trials: 1_100,
  overfitting: 0.45,
  exposure: 0.6,
  capacity: null,
  ambiguous: { daily: 0.012, fiveMinutes: null },
  orders: 2_050,
  filled: 2_040,
  refused: {},
  halted: null,
  parameters: [
    { from: '2024-01-04', values: { entry: 1, most: 5 } },
    { from: '2025-01-06', values: { entry: 1.5, most: 20 } },
  ],
  chosen: true,
  baselines: [
    { name: 'topix', return: 0.1, netSharpe: 0.9, grossSharpe: null },
    { name: 'always-long', return: null, netSharpe: 0.204, grossSharpe: 0.3 },
  ],
  curve: [],
});
const record = { synthetic: false, trades: [], orders: [], fills: [], returns: [], bySymbol: [] };

function backtest(words: readonly string[], changes: Partial<BacktestResult> = {}) {
  return runLine(['backtest', '--strategy', 'gap-fade', ...words], {
    'POST /v1/backtests': { run: endedRun('backtest', { ...result, ...changes }) },
    'GET /v1/backtests/r-backtest/record': record,
    'GET /v1/backtests/r-backtest': '<p>tear sheet</p>\n',
  });
}
const said = async (changes: Partial<BacktestResult>) => (await backtest([], changes)).out;

describe('the report of a backtest', () => {
  it('has the verdict, both sides of costs, luck, trading and what stands beside it', async () => {
    expect(await said({})).toBe(`It does not beat its costs: -2,500 yen after costs.
Backtest of gap-fade, day-margin, 2024-01-04 to 2026-11-24: 700 sessions x 40 symbols
Every symbol with bars at all sessions: what was delisted is missing, unless its bars were brought in.

                         before costs    after costs
profit, yen                     1,501         -2,500
return                          1.5 %         -2.5 %
Sharpe ratio of a year           1.25          -1.50
  95 % interval         -0.50 to 3.00  -3.00 to 0.13
deepest fall                    2.1 %          3.4 %

Deflated Sharpe     3.4 % (chance of more than the luck of 1,100 trials)
Overfitting (PBO)   45.0 %
Parameters          entry 1.5, most 20 (chosen in time order; the newest)

Trades              1,020, won 51.2 % before costs, invested 60.0 %
Costs, yen          4,326: commission 1, spread 20, impact 300, interest 4,000, lending 5
Tax of 20.315 %     0 yen on the profit after costs; not taken
Costs of turnover   4.8 bp paid, – would leave nothing
Capacity            –
Unclear order       1.2 % of filled orders on daily bars; the worse counts
Not taken           none

beside it    Sharpe before  after  return
gap-fade              1.25  -1.50  -2.5 %
topix                    –   0.90  10.0 %
always-long           0.30   0.20       –

Run r-backtest
`);
  });

  it('has what only some backtests have', async () => {
    const report = await said({
      synthetic: true,
      traded: false,
      shorts: 1,
      dividends: 70.4,
      tax: 81.5,
      costs: { ...result.costs, penalty: 3_575 },
      paidBp: null,
      breakEvenBp: 12.34,
      capacity: 1_234_567.8,
      ambiguous: { daily: 0.012, fiveMinutes: 0.5 },
      refused: { 'no money': 1_200, 'not enough volume': 1 },
      halted: { session: result.to, reason: 'lost too much' },
      chosen: false,
    });
    for (const line of [
      'SYNTHETIC bars. Backtest of gap-fade, day-margin, 2024-01-04 to 2026-11-24: 700 sessions x 40 symbols',
      'It sold short 1 time: every symbol counts as one that can be borrowed, without a premium.',
      'Some prices are adjusted: they have no ticks and no daily limits.',
      'Parameters          entry 1.5, most 20 (not chosen)',
      'Costs, yen          4,326: commission 1, spread 20, impact 300, interest 4,000, lending 5, ' +
        'carried over the close 3,575',
      'Dividends, yen      70',
      'Tax of 20.315 %     82 yen on the profit after costs; not taken',
      'Costs of turnover   – paid, 12.3 bp would leave nothing',
      'Capacity            1,234,568 yen',
      'Unclear order       1.2 % of filled orders on daily bars, 50.0 % on 5-minute bars; the worse counts',
      'Not taken           no money 1,200, not enough volume 1',
      'Halted              2026-11-24: lost too much',
    ]) {
      expect(report.split('\n')).toContain(line);
    }
    expect(report).not.toContain('delisted');
  });

  it.each([
    ['loses', -2_500.4, 'It does not beat its costs: -2,500 yen after costs.'],
    ['may be luck', 2_500.5, 'It is not shown to beat its costs: 2,501 yen after costs may be luck.'],
    [
      'beats its costs',
      12_500,
      'In these sessions it beat its costs: 12,500 yen after costs. That says nothing of others.',
    ],
    [
      'unclear',
      -2_500,
      'The bars do not tell: -2,500 to 700 yen after costs, by what came first. 5-minute bars tell more.',
    ],
  ] as const)('says first of one whose verdict is %j what that means', async (verdict, profit, sentence) => {
    const net = { ...result.net, profit };
    const report = await said({ verdict, net, bestFirst: { ...net, profit: 700.2 } });
    expect(report.split('\n')[0]).toBe(sentence);
  });

  it('says of an unclear one without the better end that both ends are the same', async () => {
    expect(await said({ verdict: 'unclear' })).toMatch(/^The bars do not tell: -2,500 to -2,500 yen after costs/);
  });

  it('does not caution of survivors for one symbol, and names the universe of its time', async () => {
    expect(await said({ symbols: 1 })).not.toContain('delisted');
    expect(await said({ symbols: 2 })).toContain('delisted');
    const members = { universe: 'topix100', knownFrom: null, until: null, members: 3, withoutBars: 0 } as const;
    const universe = { ...members, someWithoutBars: [] };
    const report = await said({ universe });
    expect(report).toContain('\nUniverse of its time: the members of topix100 at each session.\n\n');
    expect(report).not.toContain('delisted');
  });

  it('has no parameters where the strategy has none, and no dividends where there were none', async () => {
    expect(await said({ parameters: [], chosen: false })).toContain('\nParameters           (not chosen)\n');
    expect(await said({})).not.toMatch(/Dividends|Halted|sold short|carried over/);
    expect(await said({ shorts: 2 })).toContain('It sold short 2 times: ');
  });
});

describe('backtest', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daytrade-backtest-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('sends what was asked for', async () => {
    const words = [
      '--set',
      'entry=1.5',
      '--candidates',
      'most=5,10',
      '--seed',
      '7',
      '--no-choose',
      '--from',
      '2024-01-04',
    ];
    const [[line, body], ...others] = (await backtest(words)).requests as [[string, object]];
    expect(line).toBe('POST /v1/backtests');
    expect(others).toEqual([]);
    expect(body).toEqual({
      strategy: 'gap-fade',
      from: '2024-01-04',
      account: 'day-margin',
      cash: 10_000_000,
      spreadTicks: 1,
      impact: 1,
      participation: 0.01,
      parameters: { entry: 1.5 },
      candidates: { most: [5, 10] },
      choose: false,
      seed: 7,
    });
  });

  it('has the run and all that it did in its JSON', async () => {
    const { out } = await backtest(['--json']);
    expect(JSON.parse(out)).toEqual({ run: 'r-backtest', ...result, record });
  });

  it('writes the tear sheet in a language, and replaces a file only with --force', async () => {
    const file = join(folder, 'sheet.html');
    writeFileSync(file, 'before');
    const words = ['--tear-sheet', file, '--language', 'ja'];
    await expect(backtest(words)).rejects.toMatchObject({ code: 'output.exists' });
    expect(readFileSync(file, 'utf8')).toBe('before');
    const { err, requests } = await backtest([...words, '--force']);
    expect(err).toBe(`${file}: 18 bytes\n`);
    expect(requests.at(-1)).toEqual(['GET /v1/backtests/r-backtest?language=ja']);
    expect(readFileSync(file, 'utf8')).toBe('<p>tear sheet</p>\n');
  });

  it('refuses another language', async () => {
    await expect(backtest(['--language', 'fr'])).rejects.toThrow(/^--language: /);
  });
});

describe('backtests compare', () => {
  it('shows the results of runs side by side', async () => {
    const other = { ...result, strategy: 'ranking', net: { ...result.net, profit: 1_000_000.5 }, parameters: [] };
    const { out } = await runLine(['backtests', 'compare', 'r-a', 'r-b'], {
      'GET /v1/runs/r-a': { run: endedRun('backtest', result) },
      'GET /v1/runs/r-b': { run: endedRun('backtest', other) },
    });
    expect(out).toBe(`                                               r-a                       r-b
strategy                                  gap-fade                   ranking
account                                 day-margin                day-margin
period                    2024-01-04 to 2026-11-24  2024-01-04 to 2026-11-24
data                                      d1234567                  d1234567
parameters                      entry 1.5, most 20
verdict                                      loses                     loses
profit before costs, yen                     1,501                     1,501
profit after costs, yen                     -2,500                 1,000,001
return                                      -2.5 %                    -2.5 %
Sharpe ratio of a year                       -1.50                     -1.50
  95 % interval                      -3.00 to 0.13             -3.00 to 0.13
deepest fall                                 3.4 %                     3.4 %
Deflated Sharpe                              3.4 %                     3.4 %
Trades                                       1,020                     1,020
Costs, yen                                   4,326                     4,326
`);
  });

  it.each([
    ['another job', endedRun('training', result)],
    ['one without a result', endedRun('backtest', null)],
  ])('refuses %s', async (_, run) => {
    const compared = runLine(['backtests', 'compare', 'r-a'], { 'GET /v1/runs/r-a': { run } });
    await expect(compared).rejects.toMatchObject({
      code: 'run.not-found',
      message: 'r-a: expected a backtest that has ended',
    });
  });
});
