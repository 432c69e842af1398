import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limitColumns, type Panel, type PanelInput } from '@daytrade/series';
import {
  type Decide,
  type SimulationSettings,
  simulate,
  strategies,
  usualCosts,
  withoutCosts,
  withoutLimits,
} from '@daytrade/trading';
import { defaultParameters, usualSettings } from '@daytrade/trading/testing';
import { answerOf, startPython } from '../harness/child.ts';
import { cpuTimed } from '../harness/own-costs.ts';
import { ensurePackages } from '../harness/python-environment.ts';
import { type Comparison, compare } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { dailyInputs } from '../market/real-panel.ts';
import { cross, type PeerRule, peerRules, shares } from './peer-rules.ts';

/** Initial yen of every run: more than any rule spends. */
const cash = 100_000_000;
/** Settings that all backtesters share: market orders at the open, for nothing. */
const free: SimulationSettings = {
  account: 'margin',
  cash,
  costs: withoutCosts,
  limits: withoutLimits,
  rules: false,
  participation: 1,
};
/** Rules of the exchange and all costs, which the peers lack. */
const full: SimulationSettings = { ...free, costs: usualCosts('margin'), rules: true, participation: 0.01 };
/** Allowed relative difference of equities. */
const allowed = 1e-9;

/** Results of backtesting.py and vectorbt by one rule, of each symbol. */
interface PeerAnswer {
  readonly backtesting: readonly {
    readonly trades: readonly (readonly number[])[];
    readonly equity: readonly number[];
  }[];
  readonly vectorbt: readonly (readonly number[])[];
}

interface Timed {
  readonly seconds: number;
  readonly bars: number;
}

/** Compares trades, equity and speed of three rules on real bars of 35 symbols with backtesting.py and vectorbt. */
export async function comparePeers({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const inputs = await dailyInputs('daily-2013-2024-raw', quick ? 4 : 35);
  const folder = mkdtempSync(join(tmpdir(), 'day-trade-bench-'));
  const file = join(folder, 'bars.json');
  writeFileSync(file, barsAsJson(inputs));
  const packages = { name: 'python-backtest', requirements: 'bench/backtest/requirements.txt', size: 'about 1 GB' };
  const python = ensurePackages(progress, packages);
  const ask = async <Answer>(task: string, more: object) =>
    (await answerOf(startPython(python, 'backtest_peers.py', { file, task, cash, shares, ...more }))) as Answer;
  try {
    progress('trades and equity, beside backtesting.py and vectorbt');
    const answers = await ask<Readonly<Record<PeerRule, PeerAnswer>>>('equality', { rules: Object.keys(peerRules) });
    progress('speed, beside backtesting.py and vectorbt');
    const panel = asTraded(together(inputs));
    const times = quick ? 1 : 3;
    const pairs = Array.from(
      { length: quick ? 4 : 100 },
      (_, i) => [3 + (i % 10), 15 + 3 * Math.floor(i / 10)] as const,
    );
    const crossed = pairs.map(([fast, slow]) => cross(fast, slow));
    // Up to 20 limit orders a session, which no peer knows.
    const gapFade = strategies['gap-fade'].with(defaultParameters(strategies['gap-fade'], {}));
    const shipped = ownSpeed(panel, [gapFade], 3 * times, { ...usualSettings, cash });
    const figure = shipped.bars / shipped.seconds / 1e6;
    return [
      ...(Object.keys(peerRules) as PeerRule[]).flatMap((rule) => equality(rule, inputs, answers[rule])),
      faster('One rule, means of 10 and 30 closes crossed', ownSpeed(panel, [cross(10, 30)], 3 * times), {
        name: 'backtesting.py',
        ...(await ask<Timed>('backtesting-speed', { times })),
        must: 20,
      }),
      faster(`${pairs.length} pairs of such means`, ownSpeed(panel, crossed, times), {
        name: 'vectorbt, warm',
        ...(await ask<Timed>('pairs', { pairs, times })),
        must: 1,
      }),
      compare({ name: 'gap-fade as shipped, 10 symbols a session', unit: 'million bars/s', figure, kind: 't' }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function equality(rule: PeerRule, inputs: readonly PanelInput[], theirs: PeerAnswer): readonly Comparison[] {
  const own = inputs.map(({ symbol, bars }) => {
    const panel: Panel = { symbols: [symbol], ...bars };
    const data = { panel, limits: limitColumns(panel) };
    return simulate({ data, decideAt: () => peerRules[rule], settings: free, from: 0, to: panel.days.length });
  });
  const row = (what: string, equal: readonly boolean[]) =>
    compare({
      name: `${rule}: ${what}`,
      unit: 'of all symbols',
      figure: (100 * equal.filter(Boolean).length) / equal.length,
      kind: 'share',
      bar: { sense: 'at least', must: 100 },
    });
  const trades = own.map((one) => one.trades.map(({ opened, closed, entry, exit }) => [opened, closed, entry, exit]));
  return [
    row(
      'trades, as by backtesting.py',
      trades.map((one, i) => asText(one) === asText(theirs.backtesting[i]!.trades)),
    ),
    row(
      'equity of every session to 1e-9, as by backtesting.py',
      own.map(({ net }, i) => areEqual(net, theirs.backtesting[i]!.equity)),
    ),
    row(
      'equity of every session to 1e-9, as by vectorbt',
      own.map(({ net }, i) => areEqual(net, theirs.vectorbt[i]!)),
    ),
  ];
}

function areEqual(one: Float64Array, other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, i) => Math.abs(other[i]! / value - 1) <= allowed);
}

function asText(trades: readonly (readonly number[])[]): string {
  return trades
    .toSorted(([one], [other]) => one! - other!)
    .map((trade) => trade.join())
    .join(';');
}

/** Returns the newest sessions of all symbols, as many as each symbol has. */
function together(inputs: readonly PanelInput[]): Panel {
  const sessions = Math.min(...inputs.map(({ bars }) => bars.days.length));
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') =>
    Float64Array.from({ length: sessions * inputs.length }, (_, row) => {
      const { bars } = inputs[row % inputs.length]!;
      return bars[name][bars.days.length - sessions + Math.floor(row / inputs.length)]!;
    });
  const prices = { open: column('open'), high: column('high'), low: column('low'), close: column('close') };
  const days = inputs[0]!.bars.days.slice(-sessions);
  return { symbols: inputs.map(({ symbol }) => symbol), days, ...prices, volume: column('volume') };
}

/** Treats restated bars as traded, so that limits and grid are in force. */
function asTraded(panel: Panel): Panel {
  return { ...panel, symbols: panel.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' as const })) };
}

function barsAsJson(inputs: readonly PanelInput[]): string {
  const symbols = inputs.map(({ bars: { days, open, high, low, close, volume } }) => ({
    days: [...days],
    Open: [...open],
    High: [...high],
    Low: [...low],
    Close: [...close],
    Volume: [...volume],
  }));
  return JSON.stringify({ symbols });
}

/** Returns the fewest processor seconds of several runs of some rules. */
function ownSpeed(panel: Panel, rules: readonly Decide[], times: number, settings = full): Timed {
  const run = () => {
    const data = { panel, limits: limitColumns(panel) };
    for (const decide of rules) {
      simulate({ data, decideAt: () => decide, settings, from: 0, to: panel.days.length });
    }
  };
  const seconds = Math.min(...Array.from({ length: times }, () => cpuTimed(run).cpuSeconds));
  return { seconds, bars: panel.close.length * rules.length };
}

function faster(name: string, ours: Timed, peer: Timed & { readonly name: string; readonly must: number }): Comparison {
  const [own, theirs] = [ours.bars / ours.seconds, peer.bars / peer.seconds];
  return compare({
    name,
    unit: 'bars/s',
    ours: own,
    peer: { name: peer.name, value: theirs },
    figure: own / theirs,
    kind: 'ratio',
    bar: { sense: 'at least', must: peer.must },
    note: 'rules and costs on here, off there; fewest processor seconds of several runs; daily limits included',
  });
}
