/**
 * P(up) as a function of the score that never falls: linear between the points, constant beyond the first and the last.
 */
export interface IsotonicParameters {
  /** Rising. */
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

/** No score makes a move certain: the first and last blocks may hold a handful of rows. */
const bounds = { least: 0.01, most: 0.99 } as const;

/** Rows that share a probability, with the smallest and the largest score of them. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly rises: number;
  readonly rows: number;
}

/**
 * Isotonic calibration (Zadrozny & Elkan 2002): the non-falling function of the score with the least squared error, by
 * pooling adjacent violators (Barlow et al. 1972), limited to 1 % to 99 %. Equal scores are one point.
 *
 * @param rose 1 up, 0 down
 */
export function fitIsotonic(scores: ArrayLike<number>, rose: ArrayLike<number>): IsotonicParameters {
  const blocks: Block[] = [];
  for (const point of pointsOf(scores, rose)) {
    let block = point;
    for (let before = blocks.at(-1); before && !isBelow(before, block); before = blocks.at(-1)) {
      blocks.pop();
      block = {
        first: before.first,
        last: block.last,
        rises: before.rises + block.rises,
        rows: before.rows + block.rows,
      };
    }
    blocks.push(block);
  }
  const ends = blocks.flatMap(({ first, last, rises, rows }) => {
    const probability = Math.min(bounds.most, Math.max(bounds.least, rises / rows));
    return first === last
      ? [[first, probability] as const]
      : [[first, probability] as const, [last, probability] as const];
  });
  return {
    scores: Float64Array.from(ends, ([score]) => score),
    probabilities: Float64Array.from(ends, ([, probability]) => probability),
  };
}

/** @returns a probability from 0.01 to 0.99; 0.5 when nothing is known */
export function isotonicProbability({ scores, probabilities }: IsotonicParameters, score: number): number {
  if (scores.length === 0) return 0.5;
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return probabilities[0]!;
  if (low === scores.length) return probabilities[low - 1]!;
  const share = (score - scores[low - 1]!) / (scores[low]! - scores[low - 1]!);
  return probabilities[low - 1]! + share * (probabilities[low]! - probabilities[low - 1]!);
}

function isBelow(left: Block, right: Block): boolean {
  return left.rises * right.rows < right.rises * left.rows;
}

/** One block a score, scores rising. Rises and falls are sorted apart: numbers alone sort far faster than rows. */
function pointsOf(scores: ArrayLike<number>, rose: ArrayLike<number>): readonly Block[] {
  const up = sortedScores(scores, rose, 1);
  const down = sortedScores(scores, rose, 0);
  const points: Block[] = [];
  for (let i = 0, j = 0; i < up.length || j < down.length; ) {
    const score = Math.min(up[i] ?? Infinity, down[j] ?? Infinity);
    const before = i + j;
    const risesBefore = i;
    while (up[i] === score) i += 1;
    while (down[j] === score) j += 1;
    points.push({ first: score, last: score, rises: i - risesBefore, rows: i + j - before });
  }
  return points;
}

function sortedScores(scores: ArrayLike<number>, rose: ArrayLike<number>, wanted: number): Float64Array {
  const found = new Float64Array(scores.length);
  let count = 0;
  for (let row = 0; row < scores.length; row += 1) {
    if (rose[row] !== wanted) continue;
    found[count] = scores[row]!;
    count += 1;
  }
  return found.subarray(0, count).sort();
}
