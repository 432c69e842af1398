import { deriveSeed, seededRandom } from '@daytrade/series';
import type { Simulation } from '../simulation/simulate.ts';
import { dailySharpe } from './sharpe.ts';

/** Draws of a baseline. */
const draws = 100;

/** What trades of the same size, times and costs are worth when luck decides whether they buy or sell. */
export interface ShuffledSides {
  /** Mean daily net Sharpe ratio over the draws. */
  readonly sharpe: number;
  /** Share of the draws that are at least as good as the strategy. */
  readonly better: number;
}

/** The returns of a backtest whose trades have sides by lot, at its own costs. */
function returnsOfShuffledSides(simulation: Simulation, cash: number, seed: number): Float64Array {
  const { from, net, gross, trades } = simulation;
  const random = seededRandom(seed);
  const profits = new Float64Array(net.length);
  for (const { closed, side, shares, entry, exit } of trades) {
    const profit = side * shares * (exit - entry);
    profits[closed - from]! += random() < 0.5 ? profit : -profit;
  }
  let paid = 0;
  return profits.map((profit, i) => {
    const costs = gross[i]! - net[i]!;
    const cost = costs - paid;
    paid = costs;
    return (profit - cost) / cash;
  });
}

/** Compares a strategy with draws of its own trades. */
export function shuffledSides(simulation: Simulation, cash: number, seed: number, sharpe: number): ShuffledSides {
  const ratios = Array.from({ length: draws }, (_, draw) =>
    dailySharpe(returnsOfShuffledSides(simulation, cash, deriveSeed(seed, draw))),
  );
  return {
    sharpe: ratios.reduce((sum, ratio) => sum + ratio, 0) / draws,
    better: ratios.filter((ratio) => ratio >= sharpe).length / draws,
  };
}
