import { type BacktestResult, backtestResultSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { sectionMarkup, tableRows, visibleText } from './page-text.fixture.ts';
import { tearSheet } from './tear-sheet.ts';

const result: BacktestResult = backtestResultSchema.parse({
  strategy: 'reversal',
  account: 'day-margin',
  from: '2024-01-04',
  to: '2024-01-05',
  sessions: 1_245,
  symbols: 40,
  synthetic: false,
  traded: true,
  dataHash: 'd'.repeat(64),
  reproducedBy: 'a1b2',
  cash: 10_000_000,
  verdict: 'loses',
  trades: 1_020,
  wins: 0.512,
  gross: { profit: 1_500, return: 0.015, sharpe: { value: 1.25, low: -0.5, high: 3 }, maxDrawdown: -0.021 },
  net: { profit: -2_500.4, return: -0.025, sharpe: { value: -1.5, low: -3, high: 0.1 }, maxDrawdown: -0.034 },
  costs: { commission: 1, spread: 20, impact: 300, interest: 4_000, lendingFee: 5, penalty: 6, total: 4_332 },
  dividends: 70,
  tax: 80,
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
    { from: '2024-01-04', values: { lookback: 5, hold: 2 } },
    { from: '2024-01-05', values: { lookback: 10 } },
  ],
  chosen: true,
  baselines: [
    { name: 'topix', return: 0.1, netSharpe: 0.9, grossSharpe: null },
    { name: 'mine', return: null, netSharpe: 0.2, grossSharpe: 0.3 },
  ],
  curve: [
    { session: '2024-01-04', gross: 10_000_000, net: 9_990_000 },
    { session: '2024-01-05', gross: 10_001_500, net: 9_997_500 },
  ],
} satisfies Partial<Record<keyof BacktestResult, unknown>>);

const renderSheet = (changes: Partial<BacktestResult>) => tearSheet({ ...result, ...changes }, 'en');
const renderHead = (changes: Partial<BacktestResult>) =>
  visibleText(/<header>.*?<\/header>/s.exec(renderSheet(changes))?.[0] ?? '');

describe('the head of a tear sheet', () => {
  it('is the verdict with the yen after costs, then what was tried', () => {
    expect(renderHead({})).toBe(
      'It does not beat its costs: -2,500 yen after costs. Backtest of reversal 2024-01-04 to 2024-01-05: 1,245 ' +
        'sessions, 40 symbols · margin account, closed every day Every symbol with bars, at all sessions: delisted ' +
        'symbols are missing unless their bars were imported.',
    );
  });

  it('gives both ends where bars leave open what came first', () => {
    const bestFirst = { ...result.net, profit: 700 };
    expect(renderHead({ verdict: 'unclear', bestFirst })).toMatch(
      /^The bars do not tell: -2,500 yen to 700 yen after costs/,
    );
    expect(renderHead({ verdict: 'unclear' })).toMatch(/^The bars do not tell: -2,500 yen to -2,500 yen after costs/);
  });

  it.each([
    ['synthetic bars', { synthetic: true }, /SYNTHETIC Invented symbols on a simulated exchange: .* real price\.$/],
    ['a single symbol, which nobody chose among many', { symbols: 1 }, /closed every day$/],
    ['adjusted prices', { traded: false }, /Some prices are adjusted for splits or dividends/],
    ['one short sale', { shorts: 1 }, /Short sales: 1\. Every symbol counts/],
    ['short sales', { shorts: 1_234 }, /Short sales: 1,234\. Every symbol counts as one that can be borrowed/],
    [
      'a universe of its time',
      {
        universe: {
          universe: 'topix100',
          knownFrom: '2014-01-06',
          until: null,
          members: 3,
          withoutBars: 0,
          someWithoutBars: [],
        },
      },
      /closed every day Universe of its time: the members of topix100 at each session, known from 2014-01-06 on\.$/,
    ],
    [
      'a universe, some of whose members have no bars',
      {
        universe: {
          universe: 'topix100',
          knownFrom: null,
          until: null,
          members: 1_300,
          withoutBars: 1_200,
          someWithoutBars: ['1301', '1332'],
        },
      },
      /known from – on\. Members of these sessions without bars: 1,200 \(1301, 1332 …\)\. The figures are/,
    ],
    [
      'a universe, all of whose members without bars are named',
      {
        universe: {
          universe: 'topix100',
          knownFrom: null,
          until: null,
          members: 3,
          withoutBars: 2,
          someWithoutBars: ['1301', '1332'],
        },
      },
      /without bars: 2 \(1301, 1332\)\./,
    ],
  ])('has a note on %s', (_, changes, expected) => {
    expect(renderHead(changes as Partial<BacktestResult>)).toMatch(expected);
  });

  it('has no note on what did not happen', () => {
    expect(renderHead({})).not.toMatch(/Short sales|adjusted|SYNTHETIC/);
  });
});

describe('the figures of a tear sheet', () => {
  it('are those before and after costs', () => {
    expect(tableRows(renderSheet({}), 'result')).toEqual([
      ['', 'before costs', 'after costs'],
      ['Profit, yen', '1,500', '-2,500'],
      ['Return', '1.5 %', '-2.5 %'],
      ['Annual Sharpe ratio', '1.25 (-0.50 – 3.00)', '-1.50 (-3.00 – 0.10)'],
      ['Maximum drawdown', '-2.1 %', '-3.4 %'],
    ]);
  });

  it('say how much may be luck', () => {
    expect(tableRows(renderSheet({}), 'luck')).toEqual([
      ['Chance of more than luck, trials: 1,100 (deflated Sharpe ratio)', '3.4 %'],
      ['Chance that the best parameters are below the median later (PBO)', '45.0 %'],
    ]);
  });

  it('name each kind of costs', () => {
    expect(tableRows(renderSheet({}), 'costs')).toEqual([
      ['Commission', '1'],
      ['Half of the spread', '20'],
      ['Market impact', '300'],
      ['Interest', '4,000'],
      ['Lending fee', '5'],
      ['Positions carried over the close of a day account', '6'],
      ['Total', '4,332'],
      ['Paid per yen of turnover', '4.8 bp'],
      ['Break-even costs', '–'],
    ]);
  });

  it('are those of the trading, with what was refused and why it stopped', () => {
    const rows = [
      ['Trades', '1,020'],
      ['Winners, before costs', '51.2 %'],
      ['Dividends, yen', '70'],
      ['Tax of 20.315 % on the profit after costs, yen: not taken', '80'],
      ['Exposure, of the equity', '60.0 %'],
      ['Turnover, yen', '9,000,000'],
      ['Capacity, yen: its impact takes all of the profit', '–'],
    ];
    const [doubt, refused] = [
      'Orders for which the bars do not tell what came first; the worse counts',
      'Refused orders',
    ];
    expect(tableRows(renderSheet({}), 'trading')).toEqual([...rows, [doubt, 'daily bars 1.2 %'], [refused, '–']]);
    const halted = renderSheet({
      ambiguous: { daily: 0.012, fiveMinutes: 0 },
      refused: { lot: 1_500, 'a new reason': 2 },
      halted: { session: '2024-01-05' as never, reason: 'loss' },
    });
    expect(tableRows(halted, 'trading').slice(-2)).toEqual([
      [doubt, 'daily bars 1.2 %, 5-minute bars 0.0 %'],
      [refused, 'not whole lots 1,500, a new reason 2'],
    ]);
    expect(visibleText(sectionMarkup(halted, 'trading'))).toMatch(/Trading stopped on 2024-01-05: loss\.$/);
    expect(renderSheet({})).not.toContain('Trading stopped');
  });

  it('stand beside those of baselines, by their names where there are some', () => {
    expect(tableRows(renderSheet({}), 'baselines')).toEqual([
      ['Strategy', 'Annual Sharpe ratio, before costs', 'after costs', 'Return'],
      ['reversal', '1.25', '-1.50', '-2.5 %'],
      ['TOPIX', '–', '0.90', '10.0 %'],
      ['mine', '0.30', '0.20', '–'],
    ]);
  });

  it('have the parameters that were used, and since when', () => {
    const sheet = renderSheet({});
    expect(tableRows(sheet, 'parameters')).toEqual([
      ['From', 'lookback', 'hold'],
      ['2024-01-04', '5', '2'],
      ['2024-01-05', '10', '–'],
    ]);
    expect(visibleText(sectionMarkup(sheet, 'parameters'))).toContain('Chosen in time order');
    expect(visibleText(sectionMarkup(renderSheet({ chosen: false }), 'parameters'))).toContain('Not chosen');
    expect(tableRows(renderSheet({ parameters: [] }), 'parameters')).toEqual([['From']]);
  });

  it('end with what gives the same bytes again', () => {
    expect(visibleText(renderSheet({}))).toMatch(/would earn money\. Data, settings and version: a1b2$/);
  });
});

it('the plots of a tear sheet say what they show, also in Japanese', () => {
  const sheet = renderSheet({});
  expect(sheet).toContain('aria-label="Yen at each close, before and after costs"');
  expect(sheet.match(/<polyline class="(gross|net)"/g)).toEqual([
    '<polyline class="gross"',
    '<polyline class="net"',
    '<polyline class="net"',
  ]);
  // 9,990,000 yen is the lowest of the equity and 10,001,500 the highest; 0.1 % is the deepest fall from the cash.
  expect(visibleText(sheet.replaceAll(/<\/?svg[^>]*>/g, ' '))).toMatch(
    /9,990,000 9,995,750 10,001,500 .* -0\.1 % -0\.1 % 0\.0 %/,
  );
  const japanese = tearSheet(result, 'ja');
  expect(japanese).toContain('<html lang="ja">');
  expect(tableRows(japanese, 'costs').map((row) => row[1])).toEqual(tableRows(sheet, 'costs').map((row) => row[1]));
});
