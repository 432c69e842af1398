import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOfDayNumber, dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { barNames, buildPanel, limitColumns, type Panel, slicePanel } from '@daytrade/series';
import { simulate, strategies } from '@daytrade/trading';
import { defaultParameters, noiseData, recordOf, usualSettings as settings } from '@daytrade/trading/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { pythonEnvironment } from '../support/python.ts';
import { hasRealBars, needsRealBars, realBars } from '../support/real-bars.ts';

let python: string;
const real = realBars('tse', 'daily-2013-2024-raw');
const first = 22;

/** Trades and equity of the backtest, and of an independent script on the same bars. */
function bothOn(panel: Panel, strategy: 'always-long' | 'gap-fade', given: Readonly<Record<string, number>>) {
  const parameters = defaultParameters(strategies[strategy], given);
  const decide = strategies[strategy].with(parameters);
  const data = { panel, limits: limitColumns(panel), groups: panel.symbols.map(() => 'other' as const) };
  const { net, trades } = simulate({ data, settings, from: first, to: panel.days.length, decideAt: () => decide });
  const ours = recordOf(panel, { orders: [], fills: [], trades }).trades.map((trade) => {
    const { symbol, side, shares, opened, closed, entry, exit } = trade;
    return [symbol, side, shares, opened, closed, entry, exit];
  });
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-oracle-'));
  try {
    const count = panel.symbols.length;
    const rows = (column: Float64Array) =>
      Array.from(panel.days, (_, t) => Array.from(column.subarray(t * count, (t + 1) * count)));
    const bars = Object.fromEntries(barNames.map((name) => [name, rows(panel[name])]));
    const asked = { strategy, entry: 1, ...parameters, first, cash: settings.cash };
    const traded = panel.symbols[0]!.priceBasis === 'traded';
    const [days, codes] = [Array.from(panel.days, dateOfDayNumber), panel.symbols.map(({ symbol }) => symbol)];
    const file = join(folder, 'bars.json');
    writeFileSync(file, JSON.stringify({ days, codes, traded, ...bars, ...asked }));
    const script = join(import.meta.dirname, 'independent-trades.py');
    const { stdout, stderr } = spawnSync(python, [script, file], { maxBuffer: 2 ** 30, encoding: 'utf8' });
    expect(stderr).toBe('');
    const theirs = JSON.parse(stdout) as { readonly trades: readonly unknown[][]; readonly equity: readonly number[] };
    return { ours, theirs, net };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function expectSame({ ours, theirs, net }: ReturnType<typeof bothOn>, least: number): void {
  expect(ours.length).toBeGreaterThan(least);
  expect(ours).toEqual(theirs.trades);
  const differences = Array.from(net, (yen, i) => Math.abs(yen - theirs.equity[i]!));
  expect(net).toHaveLength(theirs.equity.length);
  expect(Math.max(...differences)).toBeLessThan(1e-3);
}

/** Noise with so little volume that orders are cut, and now and then a close at the lower limit. */
function thinPanel(): Panel {
  const { panel: noise } = noiseData({ symbols: 10, sessions: 400, seed: 21 });
  const symbols = noise.symbols.map((symbol) => ({ ...symbol, tickTable: 'standard' }) as const);
  const panel = { ...noise, symbols, volume: noise.volume.map((shares) => Math.floor(shares / 100)) };
  for (let t = 25; t < panel.days.length; t += 7) {
    const row = t * symbols.length + (t % symbols.length);
    const { lower } = limitColumns(slicePanel(panel, t - 1, t));
    panel.close[row] = panel.low[row] = lower[t % symbols.length]!;
  }
  return panel;
}

/** The real bars of all symbols of a folder, adjusted for splits. */
function realPanel(): Panel {
  return buildPanel(
    readdirSync(real)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => {
        const [head, ...lines] = readFileSync(join(real, name), 'utf8').trim().split('\n');
        const at = (column: string) => head!.trim().toLowerCase().split(',').indexOf(column);
        const rows = lines.map((line) => line.split(',')).filter((row) => Number(row[at('volume')]) > 0);
        const column = (of: string) => Float64Array.from(rows, (row) => Number(row[at(of)]));
        const days = Int32Array.from(rows, (row) => dayNumber(parseTradeDate(row[at('date')]!.slice(0, 10))));
        const symbol = {
          symbol: parseSymbol(name.slice(0, 4)),
          tickTable: 'standard',
          priceBasis: 'split-adjusted',
        } as const;
        const [open, high, low] = [column('open'), column('high'), column('low')];
        return { symbol, bars: { days, open, high, low, close: column('close'), volume: column('volume') } };
      }),
  );
}

beforeAll(async () => {
  ({ python } = await pythonEnvironment('pandas', join(import.meta.dirname, 'pandas-requirements.txt')));
});

describe('trades of an independent script', () => {
  it.each([
    ['always-long', { most: 6 }],
    ['gap-fade', { most: 6, entry: 0.2 }],
  ] as const)('are those of %s, with ticks, daily limits and lots', (strategy, parameters) => {
    const found = bothOn(thinPanel(), strategy, parameters);
    expectSame(found, 300);
    // Closed in a later session, since the close was at the daily limit.
    expect(found.ours.filter(([, , , opened, closed]) => opened !== closed).length).toBeGreaterThan(3);
  });

  it.skipIf(!hasRealBars).each(['always-long', 'gap-fade'] as const)(
    `are those of %s on real bars${needsRealBars}`,
    (strategy) => {
      expectSame(bothOn(realPanel(), strategy, {}), 500);
    },
  );
});
