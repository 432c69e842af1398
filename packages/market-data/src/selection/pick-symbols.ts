import { bufferOf, type SelectionOptions } from './options.ts';

export interface RankedSymbol {
  readonly symbol: string;
  /** Rank by score, from 1. */
  readonly rank: number;
  readonly sector: string | null;
  /** Daily log returns by session of the window, NaN where one is missing. */
  readonly returns: Float64Array;
}

interface Decision {
  readonly picked: boolean;
  readonly reason: string;
}

/**
 * Picks among symbols that meet every criterion. First come those clearly among the best, then members of the selection
 * before that are not clearly out, then the others, each by rank; one that would break a limit is passed over.
 *
 * @param ranked best first
 * @returns a decision for each, in the same order
 */
export function pickSymbols(ranked: readonly RankedSymbol[], options: SelectionOptions): readonly Decision[] {
  const { count, previous } = options;
  const members = new Set(previous?.symbols.map(({ symbol }) => symbol));
  const buffer = previous === undefined ? 0 : bufferOf(options);
  const comesFirst = ({ symbol, rank }: RankedSymbol) =>
    rank <= count - buffer || (members.has(symbol) && rank <= count + buffer);
  const picked: RankedSymbol[] = [];
  const decisions = new Map<string, Decision>();
  for (const one of [...ranked.filter(comesFirst), ...ranked.filter((other) => !comesFirst(other))]) {
    const place = `ranked ${one.rank} of ${ranked.length} that meet every criterion`;
    const broken = picked.length < count ? brokenLimit(one, picked, options) : undefined;
    if (picked.length < count && broken === undefined) {
      picked.push(one);
      const stays = one.rank > count && comesFirst(one) ? `; members stay up to rank ${count + buffer}` : '';
      decisions.set(one.symbol, { picked: true, reason: `${wordOf(one.symbol, members, previous)}${place}${stays}` });
    } else {
      const noPlace = `${count} were asked for${one.rank <= count ? ', and members that stay come first' : ''}`;
      decisions.set(one.symbol, { picked: false, reason: `${place}; ${broken ?? noPlace}` });
    }
  }
  return ranked.map(({ symbol }) => decisions.get(symbol)!);
}

function wordOf(symbol: string, members: ReadonlySet<string>, previous: unknown): string {
  if (previous === undefined) return '';
  return members.has(symbol) ? 'stays: ' : 'new: ';
}

/** The limit that a further symbol would break, in words. */
function brokenLimit(
  one: RankedSymbol,
  picked: readonly RankedSymbol[],
  { mostPerSector = Infinity, maximumCorrelation = Infinity }: SelectionOptions,
): string | undefined {
  if (one.sector !== null) {
    const sameSector = picked.filter(({ sector }) => sector === one.sector).length;
    if (sameSector >= mostPerSector) return `sector: ${sameSector} of ${one.sector} are picked, the most allowed`;
  }
  if (maximumCorrelation === Infinity) return undefined;
  for (const other of picked) {
    const value = correlation(one.returns, other.returns);
    if (value > maximumCorrelation) {
      return `correlation: ${value.toFixed(3)} with ${other.symbol}, above ${maximumCorrelation}`;
    }
  }
  return undefined;
}

/** Common returns without which a correlation says nothing. */
const fewestCommon = 20;

/**
 * Returns Pearson's correlation of the common returns of two symbols.
 *
 * @param one daily log returns by session of the window, NaN where one is missing
 *
 * @returns NaN with fewer than 20 common returns, or without variance
 */
function correlation(one: Float64Array, other: Float64Array): number {
  let [count, meanOne, meanOther, varianceOne, varianceOther, covariance] = [0, 0, 0, 0, 0, 0];
  for (const [t, x] of one.entries()) {
    const y = other[t]!;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count += 1;
    // Welford's way: sums of products about the mean so far.
    const [dx, dy] = [x - meanOne, y - meanOther];
    meanOne += dx / count;
    meanOther += dy / count;
    varianceOne += dx * (x - meanOne);
    varianceOther += dy * (y - meanOther);
    covariance += dx * (y - meanOther);
  }
  return count < fewestCommon ? Number.NaN : covariance / Math.sqrt(varianceOne * varianceOther);
}
