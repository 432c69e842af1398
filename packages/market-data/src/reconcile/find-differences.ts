import { dateOfDayNumber } from '@daytrade/market';
import type { BarColumns } from '@daytrade/series';
import type { AlignedBars } from './align-bars.ts';
import type { BarDifference, DifferenceKind } from './bar-difference.ts';
import { medianOf, type Step } from './price-levels.ts';

const prices = ['open', 'high', 'low', 'close'] as const;
/** No dividend makes a larger step. */
const largestDividend = 0.12;
/** Ratios of splits, the usual ones of the exchange. */
const splitRatios = [1.5, 2, 2.5, 3, 4, 5, 6, 10, 20, 25, 50, 100];
/** How far a step may lie from the ratio of a split: a dividend may fall on the same day. */
const splitTolerance = 0.03;
/** Relative difference up to which two volumes are equal. */
const volumeTolerance = 0.01;

/** The days on which the factor between the sources changes, with what that looks like. */
export function stepDifferences(aligned: AlignedBars, steps: readonly Step[]): BarDifference[] {
  return steps.map(({ at, size }) => {
    const kind = kindOf(size);
    const change = `${(Math.abs(Math.expm1(size)) * 100).toFixed(2)} % ${size < 0 ? 'lower' : 'higher'}`;
    const message = `from here on the other prices are ${change}, measured by those stored`;
    return { date: dateAt(aligned, at), kind, message: kind === 'split' ? splitMessage(size) : message };
  });
}

function kindOf(size: number): DifferenceKind {
  if (splitOf(size) !== undefined) return 'split';
  return Math.abs(size) <= largestDividend ? 'ex-dividend' : 'step';
}

function splitOf(size: number): number | undefined {
  return splitRatios.find((ratio) => Math.abs(Math.abs(size) - Math.log(ratio)) <= splitTolerance);
}

function splitMessage(size: number): string {
  return `from here on the factor is ${Math.exp(size).toFixed(3)} times that before: a split of 1 to ${splitOf(size)}`;
}

/** Bars whose prices differ after scaling by the factor of their days. */
export function priceDifferences(aligned: AlignedBars, levels: Float64Array, tolerance: number): BarDifference[] {
  const { stored, other, rows } = aligned;
  return rows.flatMap((row, at) => {
    const wrong = prices.flatMap((name) => {
      const deviation = Math.log(other[name][row.other]! / stored[name][row.stored]!) - levels[at]!;
      if (Math.abs(deviation) <= tolerance) return [];
      const values = `stored ${rounded(stored, name, row.stored)}, other ${rounded(other, name, row.other)}`;
      return [`${name} ${(Math.expm1(deviation) * 100).toFixed(2)} % (${values})`];
    });
    return wrong.length === 0 ? [] : [{ date: dateAt(aligned, at), kind: 'price' as const, message: wrong.join(', ') }];
  });
}

/** Bars whose volume differs; splits change the volume too, so each stretch between them has a factor of its own. */
export function volumeDifferences(aligned: AlignedBars, steps: readonly Step[]): BarDifference[] {
  const { stored, other, rows } = aligned;
  const ratios = rows.map((row) => other.volume[row.other]! / stored.volume[row.stored]!);
  const splits = steps.filter(({ size }) => splitOf(size) !== undefined).map(({ at }) => at);
  const ends = [...splits, rows.length];
  return ends.flatMap((end, index) => {
    const begin = ends[index - 1] ?? 0;
    const usual = medianOf(ratios.slice(begin, end).filter((ratio) => Number.isFinite(ratio) && ratio > 0));
    return rows.slice(begin, end).flatMap((row, offset) => {
      const [mine, theirs] = [stored.volume[row.stored]!, other.volume[row.other]!];
      const isEqual = mine === theirs || Math.abs(theirs / mine / usual - 1) <= volumeTolerance;
      if (isEqual) return [];
      const message = `volume: stored ${mine}, other ${theirs}`;
      return [{ date: dateAt(aligned, begin + offset), kind: 'volume' as const, message }];
    });
  });
}

/** Days that one source has no bar of. */
export function oneSidedDifferences({ stored, other, onlyStored, onlyOther }: AlignedBars): BarDifference[] {
  const sided = (bars: BarColumns, rows: readonly number[], kind: DifferenceKind, message: string) =>
    rows.map((row) => ({
      date: dateOfDayNumber(bars.days[row]!),
      kind,
      message: `${message} (close ${bars.close[row]})`,
    }));
  return [
    ...sided(stored, onlyStored, 'only-stored', 'the other source has no bar'),
    ...sided(other, onlyOther, 'only-other', 'no bar is stored'),
  ];
}

function dateAt({ stored, rows }: AlignedBars, at: number) {
  return dateOfDayNumber(stored.days[rows[at]!.stored]!);
}

function rounded(bars: BarColumns, name: (typeof prices)[number], row: number): number {
  return Number(bars[name][row]!.toPrecision(8));
}
