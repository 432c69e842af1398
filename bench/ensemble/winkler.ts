/** The share of closes that may lie outside an interval. */
export const targetMiss = 0.07;

/** The interval score of Winkler (1972) at a miss rate of 7 %, in the unit of the bounds; lower is better. */
export function winklerScore(low: number, high: number, outcome: number): number {
  const below = Math.max(0, low - outcome);
  const above = Math.max(0, outcome - high);
  return high - low + (2 / targetMiss) * (below + above);
}
