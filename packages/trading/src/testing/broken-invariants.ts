import { isOnTick } from '@daytrade/market';
import type { BacktestData } from '../backtest/backtest-data.ts';
import { simulate } from '../backtest/simulate.ts';
import type { Simulation, SimulationSettings } from '../backtest/simulation.ts';
import { usualLot, type View } from '../backtest/view.ts';
import { usualCosts, withoutCosts } from '../costs/costs.ts';
import type { Order } from '../rules/order.ts';
import { withoutLimits } from '../rules/order-limits.ts';
import { noiseData } from './noise-data.ts';

/** Panels of noise, each for many runs. */
const panels = 20;
const first = 22;
const sessions = 30;

/**
 * Simulates random orders and returns broken invariants in words: a fill off the grid, off a lot, beyond the limits or
 * the bar of its session; money or shares from nowhere; a short sale on a cash account; an order after a halt.
 */
export function brokenInvariants(runs: number, random: () => number): readonly string[] {
  const data = Array.from({ length: Math.min(panels, runs) }, (_, i) =>
    noiseData({ symbols: 3, sessions, seed: Math.floor(1e6 * random()) + i }),
  );
  const broken: string[] = [];
  for (let i = 0; i < runs; i += 1) {
    const own = data[i % data.length]!;
    const settings = randomSettings(random);
    const decide = (view: View) => Array.from({ length: Math.floor(4 * random()) }, () => randomOrder(view, random));
    const simulation = simulate({ data: own, settings, decideAt: () => decide, from: first, to: sessions });
    broken.push(...faultsOf(simulation, own, settings).map((fault) => `run ${i}: ${fault}`));
  }
  return broken;
}

function randomSettings(random: () => number): SimulationSettings {
  const account = (['cash', 'margin', 'day-margin'] as const)[Math.floor(3 * random())]!;
  const dailyLoss = random() < 0.3 ? 20_000 : withoutLimits.dailyLoss;
  return {
    account,
    cash: 1e6 + Math.floor(1e7 * random()),
    costs: random() < 0.5 ? withoutCosts : usualCosts(account),
    limits: { ...withoutLimits, dailyLoss },
    rules: true,
    participation: 0.01,
  };
}

function randomOrder(view: View, random: () => number): Order {
  const symbol = Math.floor(view.symbols * random());
  const near = (spread: number) => {
    const price = view.close(symbol) * (1 + spread * (random() - 0.5));
    return Math.max(1, Math.round(price / 10) * 10);
  };
  const type = (['market', 'limit', 'stop'] as const)[Math.floor(3 * random())]!;
  const time = type === 'stop' ? 'day' : (['open', 'close', 'day'] as const)[Math.floor(3 * random())]!;
  return {
    symbol,
    side: random() < 0.5 ? 'buy' : 'sell',
    shares: usualLot * (1 + Math.floor(80 * random())),
    type,
    time: type === 'market' && time === 'day' ? 'open' : time,
    ...(type === 'market' ? {} : { price: near(0.06) }),
    ...(random() < 0.3 ? { stopLoss: near(0.08) } : {}),
    ...(random() < 0.3 ? { takeProfit: near(0.08) } : {}),
    closes: random() < 0.5,
  };
}

function faultsOf(
  simulation: Simulation,
  { panel, limits }: BacktestData,
  settings: SimulationSettings,
): readonly string[] {
  const { trades, counts, net, halted, from } = simulation;
  const faults: string[] = [];
  const symbols = panel.symbols.length;
  let profit = 0;
  for (const trade of trades) {
    const { symbol, side, shares, opened, closed, entry, exit } = trade;
    profit += side * shares * (exit - entry);
    const words = JSON.stringify(trade);
    if (shares % usualLot !== 0) faults.push(`off a lot: ${words}`);
    if (side < 0 && settings.account === 'cash') faults.push(`short in cash: ${words}`);
    for (const [session, price] of [
      [opened, entry],
      [closed, exit],
    ] as const) {
      const row = session * symbols + symbol;
      const [lower, upper] = [limits.lower[row - symbols]!, limits.upper[row - symbols]!];
      if (!isOnTick(price, panel.symbols[symbol]!.tickTable)) faults.push(`off the grid: ${words}`);
      if (price < lower || price > upper) faults.push(`beyond the limits: ${words}`);
      // A stop is filled a tick beyond the price that set it off, which may be the last of its bar.
      if (price < panel.low[row]! - 10 || price > panel.high[row]! + 10) faults.push(`beyond the bar: ${words}`);
    }
    if (halted !== undefined && opened > halted.session) faults.push(`opened after the halt: ${words}`);
  }
  const isFlat =
    counts.turnover === 0 ||
    trades.reduce((sum, { shares, entry, exit }) => sum + shares * (entry + exit), 0) === counts.turnover;
  if (isFlat && Math.abs(net.at(-1)! + counts.costs - settings.cash - profit) > 0.1) {
    faults.push('money that came from nowhere, or costs that were not paid');
  }
  if (net.length !== sessions - from) faults.push('sessions that are missing');
  return faults;
}
