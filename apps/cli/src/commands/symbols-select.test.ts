import { type KeptSelection, keptSelectionListSchema, type Selection } from '@daytrade/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { runLine } from '../platform/answering-services.fixture.ts';
import { select } from './symbols-select.ts';

const part = { score: 50, weight: 0.2, value: 1, basis: 'median turnover' };
const components = { liquidity: part, volatility: part, volumeConsistency: part, marketCapitalisation: part };
const scored = { name: 'トヨタ自動車', synthetic: false, score: 50, components };
const selection = {
  asOf: '2026-11-26',
  windowSessions: 60,
  poolSize: 4,
  symbols: [{ ...scored, symbol: '7203', rank: 1, reason: 'new: ranked 1 of 3' }],
  rejected: [
    { ...scored, symbol: '6758', rank: 2, reasons: ['not among the best 1'] },
    { ...scored, symbol: '9984', rank: 3, reasons: ['not among the best 1'] },
    { ...scored, symbol: '1301', rank: null, score: null, reasons: ['median turnover below 100 million yen'] },
  ],
  turnover: { previous: null, entered: ['7203'], left: [], share: null },
  leftOut: [],
} as unknown as Selection;

async function selected(answer: Partial<Selection>, options: object = {}): Promise<string> {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
  const connect = async () => ({ data: { call: async () => ({ ...selection, ...answer }) } });
  const context = { terminal: { stdout: stream, stderr: stream }, json: false, connect } as unknown as CommandContext;
  await select.run(context, { args: [], options: { count: '10', ...options } });
  return written.join('');
}

describe('symbols select', () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('distinguishes symbols not among the best from those that a criterion rejected', async () => {
    expect(await selected({})).toContain('3 scored, 2 not among the best 1, 1 rejected by a criterion');
    expect(process.exitCode).toBeUndefined();
  });

  it('says who came and who went', async () => {
    const left = [{ symbol: '6758', name: 'ソニー', reasons: ['ranked 2 of 3'] }];
    const turnover = { previous: '2026-11-25', entered: ['7203'], left, share: 1 } as Selection['turnover'];
    const said = await selected({ turnover });
    expect(said).toContain('Turnover since 2026-11-25: 100.0 %; new: 7203; gone: 6758 (ranked 2 of 3).');
  });

  it.each([
    [['7203', '6501'], [], 'Turnover since 2026-11-25: 50.0 %; new: 7203, 6501; gone: none.'],
    [[], [{ symbol: '6758', name: 'ソニー', reasons: ['a', 'b'] }], '50.0 %; new: none; gone: 6758 (a; b).'],
    [['7203'], [], 'Turnover since 2026-11-25: 50.0 %; new: 7203; gone: none.'],
    [[], [], 'Turnover since 2026-11-25: 0 %, the same symbols.'],
  ])('says of %j that came and %j that went: %s', async (entered, left, expected) => {
    const turnover = { previous: '2026-11-25', entered, left, share: 0.5 } as Selection['turnover'];
    expect(await selected({ turnover })).toContain(expected);
  });

  it('says that no selection was kept before, and what the scores rest on', async () => {
    const said = await selected({});
    expect(said).toContain('Turnover: no selection was kept before');
    expect(said).toContain('\nAs of 2026-11-26 over 60 sessions');
    expect(said).toContain('Market capitalisation: median turnover.');
    const synthetic = selection.symbols.map((symbol) => ({ ...symbol, synthetic: true }));
    expect(await selected({ symbols: synthetic })).toContain('\nSYNTHETIC bars. As of 2026-11-26');
  });

  it('shows ten rejections, and counts the others', async () => {
    const rejected = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...selection.rejected[2]!, symbol: `${1301 + index}` }));
    expect(await selected({ symbols: [], rejected: rejected(10) })).not.toContain('more');
    const said = await selected({ symbols: [], rejected: rejected(12) });
    expect(said).toContain('1310');
    expect(said).not.toContain('1311');
    expect(said).toContain('… and 2 more');
    expect(await selected({ symbols: [], rejected: [] })).toContain('no symbol has bars that can be read');
  });

  it('without any bars says so', async () => {
    await expect(selected({ poolSize: 0 })).rejects.toMatchObject({ code: 'data.no-bars' });
  });

  it('without one selected symbol says why, and ends with 3', async () => {
    expect(await selected({ symbols: [] })).toMatch(
      /No symbol meets every criterion as of 2026-11-26.*turnover below/s,
    );
    expect(process.exitCode).toBe(3);
  });

  it('shows every score with one decimal', async () => {
    const scores = { liquidity: 99.94, volatility: 88.06, volumeConsistency: 77, marketCapitalisation: 5.55 };
    const parts = Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, { ...part, score }]));
    const symbols = [{ ...selection.symbols[0]!, score: 66.66, components: parts }] as unknown as Selection['symbols'];
    const said = await selected({ symbols });
    expect(said.split('\n').slice(0, 2)).toEqual([
      '#  symbol  name          score  liquidity  volatility  consistency  market cap',
      '1  7203    トヨタ自動車   66.7       99.9        88.1         77.0         5.5',
    ]);
  });

  it('names the symbols that it left out, also where there are no others', async () => {
    const leftOut = [{ symbol: '7203', message: 'its file is damaged' }];
    expect(await selected({ poolSize: 0, symbols: [], rejected: [], leftOut })).toMatch(
      /^left out 7203: its file is damaged\..*\nNo symbol is selected: no symbol has bars that can be read\.\n$/,
    );
  });
});

describe('symbols select, by its options', () => {
  const whole = {
    ...selection,
    criteria: {
      minimumMarketCapitalisationYen: 1,
      minimumAverageVolumeShares: 1,
      maximumAnnualVolatility: 1,
      minimumLiquidityScore: 1,
    },
    options: { count: 1, buffer: 0, mostPerSector: null, maximumCorrelation: null },
    symbols: [],
    rejected: [],
  };

  it('sends them, and has all in its JSON', async () => {
    const words = ['--count', '20', '--as-of', '2025-06-30', '--most-per-sector', '2', '--max-correlation', '0.8'];
    const ended = await runLine(['symbols', 'select', ...words, '--json'], { 'GET /v1/symbols/selection': whole });
    expect(ended.requests).toEqual([
      ['GET /v1/symbols/selection?count=20&mostPerSector=2&maximumCorrelation=0.8&asOf=2025-06-30'],
    ]);
    expect(ended.exitCode).toBe(3);
    expect(JSON.parse(ended.out)).toEqual(whole);
  });

  it.each([
    [['--count', '0'], /^--count: /],
    [['--count', '501'], /^--count: /],
    [['--max-correlation', '1.1'], /^--max-correlation: /],
    [['--as-of', '1999-12-31'], /^--as-of: /],
  ])('refuses %j', async (words, message) => {
    await expect(runLine(['symbols', 'select', ...words])).rejects.toThrow(message);
  });
});

describe('symbols selections', () => {
  const kept = (symbols: readonly string[], turnover: object): KeptSelection => ({
    asOf: '2026-11-24' as KeptSelection['asOf'],
    madeAt: '2026-11-24T23:30:00.000Z',
    synthetic: false,
    poolSize: 1_200,
    criteria: {
      minimumMarketCapitalisationYen: 1,
      minimumAverageVolumeShares: 1,
      maximumAnnualVolatility: 1,
      minimumLiquidityScore: 1,
    },
    options: { count: 1, buffer: 0, mostPerSector: null, maximumCorrelation: null },
    symbols: symbols.map((symbol) => ({ ...selection.symbols[0]!, symbol })),
    turnover: { previous: null, entered: [], left: [], share: null, ...turnover },
  });
  const list = async (selections: readonly KeptSelection[], ...words: string[]) =>
    await runLine(['symbols', 'selections', ...words], {
      'GET /v1/symbols/selections': { selections: selections.map(withUnits) },
    });
  /** The contract has the unit of each score. */
  const withUnits = ({ symbols, ...selected }: KeptSelection) => {
    const components = Object.fromEntries(
      ['liquidity', 'volatility', 'volumeConsistency', 'marketCapitalisation'].map((name) => [
        name,
        { ...part, unit: 'yen' },
      ]),
    );
    const [first] = keptSelectionListSchema.parse({
      selections: [{ ...selected, symbols: symbols.map((symbol) => ({ ...symbol, components })) }],
    }).selections;
    return first;
  };

  it('lists who was picked, who came and who went, with the mean turnover', async () => {
    const left = [{ symbol: '9984', name: 'SoftBank', reasons: [] }];
    const { out } = await list([
      kept(['7203', '6758'], { previous: '2026-11-20', entered: ['6758'], left, share: 0.5 }),
      kept(['7203', '9984'], { previous: '2026-11-19', share: 0 }),
      kept(['7203'], { entered: ['7203'] }),
    ]);
    expect(out).toBe(`as of       made (JST)         pool  turnover  symbols    new   gone
2026-11-24  2026-11-25 08:30  1,200    50.0 %  7203 6758  6758  9984
2026-11-24  2026-11-25 08:30  1,200     0.0 %  7203 9984
2026-11-24  2026-11-25 08:30  1,200         –  7203

Mean turnover of 2: 25.0 %.
`);
  });

  it('has no mean without a turnover, and says when one is made where none is', async () => {
    expect((await list([kept(['7203'], {})])).out.split('\n')).toHaveLength(3);
    const { out, requests } = await list([], '--limit', '60');
    expect(out).toBe(
      'No selection is kept yet: one is made at 08:30 Japan time, or by `daytrade jobs run market-preparation`.\n',
    );
    expect(requests).toEqual([['GET /v1/symbols/selections?limit=60']]);
  });
});
