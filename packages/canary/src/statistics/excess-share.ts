/** Of `count` observations, `hits` had the property. */
export interface Share {
  readonly hits: number;
  readonly count: number;
}

/**
 * How many standard deviations the first share lies above the second plus a margin; below 0 when it lies under it. The
 * signed root of the likelihood ratio of two binomial shares against the hypothesis that they differ by exactly the
 * margin (Wilks 1938; in place of the score of Farrington and Manning, Statistics in Medicine 9, 1990, since it keeps
 * its size where hits are few). Observations that come in clusters count as that many fewer (quasi-likelihood:
 * McCullagh, Nelder, "Generalized Linear Models", 1989, 4.5).
 *
 * @param clusterSize observations that are alike, on average; at least 1
 */
export function excessShare(first: Share, second: Share, margin: number, clusterSize: number): number {
  if (first.count === 0 || second.count === 0) return 0;
  const observed = first.hits / first.count - second.hits / second.count;
  const loss = (share: number) => divergence(first, share + margin) + divergence(second, share);
  const shift = observed < margin ? -1 : 1;
  return shift * Math.sqrt((2 * smallest(loss, Math.max(0, -margin), Math.min(1, 1 - margin))) / clusterSize);
}

/** Count times the Kullback-Leibler divergence of the observed share from an assumed one. */
function divergence({ hits, count }: Share, assumed: number): number {
  return part(hits, count * assumed) + part(count - hits, count * (1 - assumed));
}

function part(observed: number, expected: number): number {
  if (observed === 0) return 0;
  return expected <= 0 ? Number.POSITIVE_INFINITY : observed * Math.log(observed / expected);
}

/** The smallest value of a convex function between two points, by golden sections. */
function smallest(of: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i += 1) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (of(left) <= of(right)) high = right;
    else low = left;
  }
  return Math.max(0, of((low + high) / 2));
}
