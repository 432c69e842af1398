import { deriveSeed, type SessionIndex, seededRandom } from '@daytrade/series';
import type { Simulation } from '../simulate.ts';
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

/** What is shuffled, and on which sessions it counts. */
export interface ShuffledInput {
  readonly simulation: Pick<Simulation, 'from' | 'net' | 'gross' | 'trades'>;
  readonly judged: readonly SessionIndex[];
  readonly cash: number;
}

/** The returns of a backtest whose trades have sides by lot, at its own costs and on its own equity. */
function returnsOfShuffledSides({ simulation, judged, cash }: ShuffledInput, seed: number): Float64Array {
  const { from, net, gross, trades } = simulation;
  const random = seededRandom(seed);
  const profits = new Float64Array(net.length);
  for (const { closed, side, shares, entry, exit } of trades) {
    const profit = side * shares * (exit - entry);
    profits[closed - from]! += random() < 0.5 ? profit : -profit;
  }
  let [paid, before] = [0, cash];
  return Float64Array.from(judged, (t) => {
    const costs = gross[t - from]! - net[t - from]!;
    const change = (profits[t - from]! - (costs - paid)) / before;
    [paid, before] = [costs, net[t - from]!];
    return change;
  });
}

/** Compares a strategy with draws of its own trades. */
export function shuffledSides(input: ShuffledInput, seed: number, sharpe: number): ShuffledSides {
  const ratios = Array.from({ length: draws }, (_, draw) =>
    dailySharpe(returnsOfShuffledSides(input, deriveSeed(seed, draw))),
  );
  return {
    sharpe: ratios.reduce((sum, ratio) => sum + ratio, 0) / draws,
    better: ratios.filter((ratio) => ratio >= sharpe).length / draws,
  };
}
