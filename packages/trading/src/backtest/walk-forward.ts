import { sharpeOf } from './statistics/sharpe.ts';

/** Sessions that a choice is made on, and for how many it holds. */
export const trainingSessions = 250;
export const choiceSessions = 63;

/** From which of the counted sessions on which set of parameters is used. */
export interface Choice {
  readonly from: number;
  readonly set: number;
}

/**
 * Chooses a set of parameters again and again, each time the one with the best net Sharpe ratio over the 250 sessions
 * before: what it is then used for, it has not seen. Of equal ones the first counts.
 *
 * @param returns daily net returns of each set, of the counted sessions
 */
export function chooseByWalkForward(returns: readonly Float64Array[]): readonly Choice[] {
  const sessions = returns[0]?.length ?? 0;
  const choices: Choice[] = [];
  for (let from = trainingSessions; from < sessions; from += choiceSessions) {
    let [set, best] = [0, -Infinity];
    for (const [i, own] of returns.entries()) {
      const ratio = ratioOf(own, from - trainingSessions, from);
      if (ratio > best) [set, best] = [i, ratio];
    }
    choices.push({ from, set });
  }
  return choices;
}

function ratioOf(returns: Float64Array, from: number, to: number): number {
  let [sum, squares] = [0, 0];
  for (let i = from; i < to; i += 1) {
    sum += returns[i]!;
    squares += returns[i]! ** 2;
  }
  return sharpeOf(sum, squares, to - from);
}
