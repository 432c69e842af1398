import type { ChildProcess } from 'node:child_process';
import { answerOf } from './child.ts';

/** What both sides gave, one entry a round. */
export interface Rounds<T> {
  readonly ours: readonly T[];
  readonly peer: readonly T[];
}

/**
 * Runs both sides in turns, each in a process of its own, never two at a time: what slows the machine for a while slows
 * both.
 *
 * @param ours starts our side for a round, from 0
 */
export async function interleave<T>(
  rounds: number,
  ours: (round: number) => ChildProcess,
  peer: (round: number) => ChildProcess,
): Promise<Rounds<T>> {
  const found = { ours: [] as T[], peer: [] as T[] };
  for (let round = 0; round < rounds; round += 1) {
    found.ours.push((await answerOf(ours(round))) as T);
    found.peer.push((await answerOf(peer(round))) as T);
  }
  return found;
}
