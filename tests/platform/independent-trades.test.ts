import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaperFill, type PaperSettings, paperStartRequestSchema } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, isOnTick, parseSymbol, parseTradeDate } from '@daytrade/market';
import { barNames, buildPanel, limitColumns, type Panel, slicePanel } from '@daytrade/series';
import { type Strategy, simulate, simulationSettings, strategies, strategyOfFile } from '@daytrade/trading';
import { defaultParameters, noiseData, recordOf, replay } from '@daytrade/trading/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { pythonEnvironment } from '../support/python.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';
import strongestYear from './user/strategies/strongest-year.ts';

let python: string;
const real = realBars('tse', 'daily-2013-2024-raw');

type Given = Partial<PaperSettings>;
type Fill = Parameters<typeof recordOf>[1]['fills'][number];
type Bars = Pick<Parameters<typeof simulate>[0]['data'], 'panel' | 'splits'>;

const unlimited = { maxPosition: 1e12, maxExposure: 1e12, maxSessionLoss: 1e12, strategyHash: null, synthetic: false };
const started = paperStartRequestSchema.parse({ strategy: 'always-long', commission: 'none', by: 'test' });

/** Fills, trades and equity of a backtest, of a paper book, and of an independent script on the same bars. */
async function allOn({ panel, splits = new Map() }: Bars, strategy: Strategy, given: Given, from = 22) {
  const parameters = defaultParameters(strategy, given.parameters ?? {});
  const settings = { ...started, ...unlimited, ...given, strategy: strategy.name, parameters };
  const [count, to] = [panel.symbols.length, panel.days.length];
  const data = { panel, limits: limitColumns(panel), splits };
  const decide = strategy.with(parameters);
  const fills: Fill[] = [];
  const onFill = (fill: Fill) => fills.push(fill);
  const input = { data, settings: simulationSettings(settings), from, to, decideAt: () => decide, onFill };
  const { net, trades, halted } = simulate(input);
  const paper = await replay({ data, settings, strategy, from, to });
  const rowsOf = (column: Float64Array) =>
    Array.from(panel.days, (_, t) => Array.from(column.subarray(t * count, (t + 1) * count)));
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-oracle-'));
  const file = join(folder, 'bars.json');
  const question = {
    ...settings,
    ...parameters,
    first: from,
    splits: [...splits],
    days: Array.from(panel.days, dateOfDayNumber),
    codes: panel.symbols.map(({ symbol }) => symbol),
    traded: panel.symbols.map(({ priceBasis }) => priceBasis === 'traded'),
    tables: panel.symbols.map(({ tickTable }) => tickTable),
    dividends: panel.dividends && rowsOf(panel.dividends.paid),
    ...Object.fromEntries(barNames.map((name) => [name, rowsOf(panel[name])])),
  };
  writeFileSync(file, JSON.stringify(question));
  const script = join(import.meta.dirname, 'independent-trades.py');
  const { stdout, stderr } = spawnSync(python, [script, file], { maxBuffer: 2 ** 30, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stderr).toBe('');
  const theirs = JSON.parse(stdout) as Record<'trades' | 'fills', unknown[][]> & { readonly equity: number[] };
  return { record: recordOf(panel, { orders: [], fills, trades }), net, halted, paper, theirs };
}

/** Expects the same trades, fills and equity of all three, and prints how many were compared. */
function expectSame(name: string, found: Awaited<ReturnType<typeof allOn>>, least: number): void {
  const { record, net, paper, theirs } = found;
  const trades = record.trades.map(({ symbol, side, shares, opened, closed, entry, exit }) => {
    return [symbol, side, shares, opened, closed, entry, exit];
  });
  const fillsOnPaper = paper.filter((event) => event.kind === 'filled');
  const equityOnPaper = paper.flatMap((event) => (event.kind === 'closed' ? [event.equity] : []));
  const asRow = (fill?: Pick<PaperFill, 'symbol' | 'side' | 'shares' | 'price'> & { session: string | null }) =>
    String([fill?.symbol, fill?.side, fill?.shares, fill?.session, fill?.price]);
  const differing = (fills: readonly Parameters<typeof asRow>[0][]) =>
    Math.max(0, fills.length - theirs.fills.length) +
    theirs.fills.filter((fill, i) => String(fill) !== asRow(fills[i])).length;
  const difference = (equity: Iterable<number>) =>
    Math.max(...Array.from(equity, (yen, i) => Math.abs(yen - theirs.equity[i]!)));
  const differingFills = [differing(record.fills), differing(fillsOnPaper)];
  const differences = [difference(net), difference(equityOnPaper)];
  const compared = `${trades.length} trades, ${theirs.fills.length} fills, ${net.length} sessions`;
  figure(
    `${name}: ${compared}; differing fills and yen of backtest, paper`,
    [...differingFills, ...differences].join(),
  );
  expect(trades).toEqual(theirs.trades);
  expect(trades.length).toBeGreaterThan(least);
  expect(differingFills).toEqual([0, 0]);
  expect([net.length, equityOnPaper.length]).toEqual([theirs.equity.length, theirs.equity.length]);
  expect(Math.max(...differences)).toBeLessThan(1e-3);
}

/** Noise with so little volume that orders are cut, and now and then a close at the lower limit. */
function thinPanel(): Panel {
  const { panel: noise } = noiseData({ symbols: 10, sessions: 120, seed: 21 });
  const symbols = noise.symbols.map((symbol) => ({ ...symbol, tickTable: 'standard' }) as const);
  const panel = { ...noise, symbols, volume: noise.volume.map((shares) => Math.floor(shares / 100)) };
  for (let t = 25; t < panel.days.length; t += 7) {
    const row = t * symbols.length + (t % symbols.length);
    const { lower } = limitColumns(slicePanel(panel, t - 1, t));
    panel.close[row] = panel.low[row] = lower[t % symbols.length]!;
  }
  return panel;
}

/** Ex-days of some splits from 2023-06-05 on, with new shares for each old one. The prices of the files have them. */
const splitsOfFiles: Readonly<Record<string, readonly [exDay: string, ratio: number]>> = {
  7011: ['2024-03-28', 10],
  8031: ['2024-06-27', 2],
  8316: ['2024-09-27', 3],
  9022: ['2023-09-28', 5],
};

/** Bars since the tick table of 2023-06-05, as they were traded where the grid shows it, and a few dividends. */
function realBarsAsTraded(): Bars {
  const panel = buildPanel(
    readdirSync(real)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => {
        const [head, ...lines] = readFileSync(join(real, name), 'utf8').trim().split('\n');
        const at = (column: string) => head!.trim().toLowerCase().split(',').indexOf(column);
        const rows = lines.map((line) => line.split(','));
        const since = rows.filter((row) => row[at('date')]! >= '2023-06-05' && Number(row[at('volume')]) > 0);
        const [exDay, ratio] = splitsOfFiles[name.slice(0, 4)] ?? ['', 1];
        const ratioOf = (row: readonly string[]) => (row[at('date')]!.slice(0, 10) < exDay ? ratio : 1);
        const price = (of: string) =>
          Float64Array.from(since, (row) => Math.round(Number(row[at(of)]) * ratioOf(row) * 10) / 10);
        const days = Int32Array.from(since, (row) => dayNumber(parseTradeDate(row[at('date')]!.slice(0, 10))));
        const [open, high, low, close] = [price('open'), price('high'), price('low'), price('close')];
        const volume = Float64Array.from(since, (row) => Math.round(Number(row[at('volume')]) / ratioOf(row)));
        const isTraded = [open, high, low, close].every((all) => all.every((one) => isOnTick(one, 'topix500')));
        const priceBasis = isTraded ? 'traded' : 'split-adjusted';
        const symbol = { symbol: parseSymbol(name.slice(0, 4)), tickTable: 'topix500', priceBasis } as const;
        return { symbol, bars: { days, open, high, low, close, volume } };
      }),
  );
  const count = panel.symbols.length;
  const paid = panel.close.map((_, row) => (row % 611 === 100 ? 20 : 0));
  const expected = paid.map((_, row) => paid[row + count] ?? 0);
  const splits = Object.entries(splitsOfFiles).map(([code, [exDay, ratio]]) => {
    const t = panel.days.indexOf(dayNumber(parseTradeDate(exDay)));
    return [t * count + panel.symbols.findIndex(({ symbol }) => symbol === code), ratio] as const;
  });
  return { panel: { ...panel, dividends: { paid, expected } }, splits: new Map(splits) };
}

beforeAll(async () => {
  ({ python } = await pythonEnvironment('pandas', join(import.meta.dirname, 'pandas-requirements.txt')));
});

describe('trades of an independent script', () => {
  it('are those of gap-fade on noise, with ticks, daily limits and lots', async () => {
    const found = await allOn({ panel: thinPanel() }, strategies['gap-fade'], { parameters: { most: 6, entry: 0.2 } });
    expectSame('gap-fade on noise', found, 80);
    // Closed in a later session, since the close was at the daily limit.
    expect(found.record.trades.some(({ opened, closed }) => opened !== closed)).toBe(true);
  });

  const rules = { ...strategies, 'strongest-year': strategyOfFile('strongest-year', strongestYear) };
  const ofYear = { account: 'margin', cash: 4e7, parameters: { most: 12 } } as const;
  it.skipIf(!hasRealBars).each([
    ['always-long', { maxSessionLoss: 250_000 }, 200, 288, 0],
    ['gap-fade', { maxSessionLoss: 250_000 }, 200, 288, 0],
    ['strongest-year', ofYear, 250, undefined, 1],
    ['strongest-year', { ...ofYear, maxSessionLoss: 350_000 }, 250, 322, 1],
  ] as const)(`are those of %s on real bars and on paper${needsRealBars}`, async (name, given, from, end, splits) => {
    const bars = realBarsAsTraded();
    const found = await allOn(bars, rules[name], given, from);
    const traded = bars.panel.symbols.filter(({ priceBasis }) => priceBasis === 'traded').length;
    expectSame(`${name}${end ? ', halted' : ''}, ${bars.panel.symbols.length} symbols, ${traded} as traded`, found, 20);
    // A session that lost too much ended all trading, and the shares of held positions were split.
    const restated = found.paper.filter(({ kind }) => kind === 'split').length;
    expect([found.halted?.session, restated]).toEqual([end, splits]);
  });
});
